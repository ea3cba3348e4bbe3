"""What WeasyPrint 70 leaves undone for PDF/UA-1, mended in the finished file with pikepdf.

Head cells get their scope (its issue 2508), running heads and page numbers become artifacts (1836), and the metadata
claims PDF/UA-1 beside PDF/A-3a. The flag that prints links is set by the variant pdf/a-3a itself.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

# How WeasyPrint opens a piece of marked content; texts are written in hexadecimal, so they cannot look like it.
MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"
# PDF/A allows a property of another standard only with its description.
CLAIM = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def finish(content: bytes) -> bytes:
    """The same document, mended. Raises pikepdf.PdfError for bytes that are no PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _mend_structure(pdf)
        metadata = pdf.Root.Metadata
        metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", CLAIM))
        finished = io.BytesIO()
        pdf.save(finished, deterministic_id=True)
    return finished.getvalue()


def elements(node: Object, part: Object | None = None) -> Iterator[tuple[Object, Object | None]]:
    """Every element below a structure element, each with the part of a table that it stands in, if any."""
    for kid in _kids(node):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid, part
            yield from elements(kid, kid.S if kid.S in {Name.THead, Name.TBody} else part)


def _kids(node: Object) -> list[Object | int]:
    kids = node.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _mend_structure(pdf: pikepdf.Pdf) -> None:
    """One walk through the tree gives scopes and tells which content belongs to it; the rest is page decoration."""
    in_tree: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for element, part in elements(pdf.Root.StructTreeRoot):
        if element.S == Name.TH:
            element.A.Scope = Name.Column if part == Name.THead else Name.Row
        marks = [kid for kid in _kids(element) if isinstance(kid, int)]
        if marks:
            in_tree[element.Pg.objgen].update(marks)
    numbered = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(numbered[i]): numbered[i + 1] for i in range(0, len(numbered), 2)}
    for page in pdf.pages:
        _make_artifacts(page, in_tree[page.obj.objgen], owners[int(page.StructParents)])


def _make_artifacts(page: pikepdf.Page, in_tree: set[int], owners: Object) -> None:
    """Content of margin boxes is marked, but no element of the tree owns it: it is said to be pagination."""
    outside: set[int] = set()

    def mark(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        if number in in_tree:
            return found[0]
        outside.add(number)
        return ARTIFACT

    page.Contents.write(MARKED.sub(mark, page.Contents.read_bytes()))
    for number in outside:
        owners[number] = None
