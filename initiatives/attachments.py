"""Files that belong to the portal: the type is read from the content, the SHA-256 is kept with them."""

import hashlib
import zlib
from io import BytesIO
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from .models import User

PERMITTED = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}
# What a reader calls each type.
WORDS = {
    "application/pdf": "PDF",
    "image/png": gettext_lazy("picture"),
    "image/jpeg": gettext_lazy("picture"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": gettext_lazy("Word document"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": gettext_lazy("Excel workbook"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": gettext_lazy("PowerPoint"),
}
ZIP = "application/zip"
MEGABYTE = 1024 * 1024
# An Office document's list of its parts is a few kB; what unpacks to more is not read.
MAX_DECLARATION = 1024 * 1024


class Attachment(models.Model):
    """A stored file. The stored name is its SHA-256, so what a user called it never reaches the disk."""

    file = models.FileField(gettext_lazy("file"), upload_to="attachments/%Y/%m", max_length=200)
    name = models.CharField(gettext_lazy("name"), max_length=200)
    media_type = models.CharField(gettext_lazy("type"), max_length=100)
    size = models.PositiveBigIntegerField(gettext_lazy("size in bytes"))
    sha256 = models.CharField(gettext_lazy("SHA-256"), max_length=64, db_index=True)
    stored_at = models.DateTimeField(gettext_lazy("stored"), auto_now_add=True)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("stored by"),
    )

    class Meta:
        verbose_name = gettext_lazy("file")
        verbose_name_plural = gettext_lazy("files")

    def __str__(self) -> str:
        return self.name

    @property
    def type_in_words(self) -> str:
        """`PDF`, `Word-dokument`."""
        return str(WORDS.get(self.media_type, self.media_type))

    @property
    def download_name(self) -> str:
        """What the user called it, with the ending of what it is where that differs."""
        ending = PERMITTED[self.media_type]
        endings = (ending, ".jpeg") if ending == ".jpg" else (ending,)
        return self.name if self.name.lower().endswith(endings) else f"{self.name}{ending}"


def sniff(content: bytes) -> str:
    """The media type that the bytes themselves show. Raises ValidationError for one that is not permitted."""
    try:
        found = {match.mime_type for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        found = set()
    # Every zip begins like an Office document; which one it is, if any, stands inside.
    possible = {_office_type(content)} if ZIP in found else found
    for media_type in PERMITTED:
        if media_type in possible:
            return media_type
    raise ValidationError(_("The file is not a PDF, a picture (PNG, JPEG) or an Office document."), code="media_type")


def _office_type(content: bytes) -> str:
    """The media type that a zip declares for its main part; empty for another zip, also one with macros."""
    try:
        with ZipFile(BytesIO(content)) as package, package.open("[Content_Types].xml") as declared:
            types = declared.read(MAX_DECLARATION)
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return ""
    return next((name for name in PERMITTED if f'"{name}.main+xml"'.encode() in types), "")


def store(content: bytes | IO[bytes], name: str, by: "User | None") -> Attachment:
    """Keep a file of at most ATTACHMENT_MAX_MB. Raises ValidationError for an empty, too large or unknown one."""
    most = settings.ATTACHMENT_MAX_MB * MEGABYTE
    data = content if isinstance(content, bytes) else content.read(most + 1)
    if not data:
        raise ValidationError(_("The file is empty."), code="empty")
    if len(data) > most:
        limit = {"megabytes": settings.ATTACHMENT_MAX_MB}
        raise ValidationError(_("The file is larger than %(megabytes)s MB.") % limit, code="size")
    media_type = sniff(data)
    digest = hashlib.sha256(data).hexdigest()
    attachment = Attachment(name=name[-200:], media_type=media_type, size=len(data), sha256=digest, stored_by=by)
    attachment.file.save(digest + PERMITTED[media_type], ContentFile(data), save=False)
    attachment.save()
    return attachment


def served(attachment: Attachment) -> FileResponse:
    """The file as a download that a browser never opens as a page. Raises Http404 where its content is gone."""
    try:
        opened = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        opened, as_attachment=True, filename=attachment.download_name, content_type=attachment.media_type
    )
