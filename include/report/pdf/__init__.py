"""A page as PDF/UA-1 and PDF/A-3a in one file, by WeasyPrint: same page, same fonts, same libraries, same bytes.

WeasyPrint is imported late: it takes over a second, and fontconfig reads its settings then (fonts.configure first).
"""

from include.report.pdf.document import Attached
from include.report.pdf.faults import PdfError
from include.report.pdf.libraries import libraries
from include.report.pdf.printing import Pdf, print_page

__all__ = ["Attached", "Pdf", "PdfError", "libraries", "print_page"]
