"""Files behind a voucher: a receipt or an invoice may be added after posting, too."""

from typing import IO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.access import Act
from initiatives.attachments import store
from initiatives.models import User
from initiatives.reporting import SINGLE_CITIZEN, names_a_citizen

from .entering import may_change
from .models import Voucher, VoucherFile


@transaction.atomic
def add_file(voucher: Voucher, by: User, content: bytes | IO[bytes], name: str) -> VoucherFile:
    """Keeps a file with the voucher. Raises PermissionDenied, and ValidationError for a file that is refused."""
    if not (by.rights.may(Act.POST, voucher.cluster_id) or may_change(by, voucher)):
        raise PermissionDenied(_("Only an economist, or who has entered the proposal, adds files to a voucher."))
    if names_a_citizen(name):
        raise ValidationError(str(SINGLE_CITIZEN))
    return VoucherFile.objects.create(voucher=voucher, attachment=store(content, name, by))
