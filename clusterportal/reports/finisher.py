"""What WeasyPrint 70 leaves undone for PDF/UA-1, mended in the finished file with pikepdf.

Head cells get their scope (its issue 2508), running heads and page numbers become artifacts (1836), links are named
after the heading they lead to, attached files are named and said to be data, and the metadata claims PDF/UA-1 beside
PDF/A-3a. The flag that prints links is set by the variant pdf/a-3a itself.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

# How WeasyPrint opens a piece of marked content; texts are written in hexadecimal, so they cannot look like it.
MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"
# In the description of an attached file: what stands before it is the file's name, which a data: address cannot have.
NAME_ENDS = " | "
# Where a figure stands; templates/reports/evaluation/_figure_number.html names it so.
FIGURE = re.compile(r"figur-\d+")
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
        _name_links(pdf)
        _name_files(pdf)
        metadata = pdf.Root.Metadata
        metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", CLAIM))
        # WeasyPrint's own identifier is made at random: the same document would never be the same bytes.
        if Name.ID in pdf.trailer:
            del pdf.trailer[Name.ID]
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


def _name_links(pdf: pikepdf.Pdf) -> None:
    """Links inside the document say which heading or figure they lead to, not the name of the place."""
    headings = _headings(pdf)
    places = pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
    names = {}
    for i in range(0, len(places), 2):
        if FIGURE.fullmatch(str(places[i])):
            names[str(places[i])] = str(places[i]).replace("-", " ").capitalize()
            continue
        height = Decimal(str(places[i + 1][3]))
        below = [(top, title) for top, title in headings[places[i + 1][0].objgen] if top <= height + 1]
        if below:
            names[str(places[i])] = max(below)[1]
    for page in pdf.pages:
        for link in page.get("/Annots", Array()):
            target = str(link.get("/Dest", ""))
            if target in names:
                link.Contents = names[target]


def _headings(pdf: pikepdf.Pdf) -> dict[tuple[int, int], list[tuple[Decimal, str]]]:
    """The bookmarks of each page, with the height at which their heading stands."""
    found: defaultdict[tuple[int, int], list[tuple[Decimal, str]]] = defaultdict(list)
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
    while waiting:
        item = waiting.pop()
        waiting += item.children
        if isinstance(item.destination, Array):
            found[item.destination[0].objgen].append((Decimal(str(item.destination[3])), item.title))
    return found


def _name_files(pdf: pikepdf.Pdf) -> None:
    """Attached files by their names, as the data of the document; without the time of making, which says nothing."""
    attached = pdf.Root.get("/AF", Array())
    files = list({each.objgen: each for each in attached if NAME_ENDS in str(each.get("/Desc", ""))}.values())
    for file in files:
        name, description = str(file.Desc).split(NAME_ENDS, 1)
        file.F = file.UF = pikepdf.String(name)
        file.Desc = pikepdf.String(description)
        file.AFRelationship = Name.Data
        params = file.EF.F.Params
        for stamp in ("/CreationDate", "/ModDate"):
            params[stamp] = pdf.docinfo[Name.CreationDate]
    if files:
        # WeasyPrint lists each file twice.
        pdf.Root.AF = Array(files)
        ordered = sorted(files, key=lambda file: str(file.UF))
        pdf.Root.Names.EmbeddedFiles.Names = Array([each for file in ordered for each in (file.UF, file)])
