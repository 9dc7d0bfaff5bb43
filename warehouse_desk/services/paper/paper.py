"""Everything on paper: labels, slips, cards, hand-overs, and the printers they go to."""

from functools import cached_property
from typing import TYPE_CHECKING

from warehouse_desk.services.subject import Subject

if TYPE_CHECKING:
    from warehouse_desk.services.paper.card_sheets import CardSheets
    from warehouse_desk.services.paper.hand_over_sheets import HandOvers
    from warehouse_desk.services.paper.label_files import LabelFiles
    from warehouse_desk.services.paper.label_runs import LabelRuns
    from warehouse_desk.services.paper.labels import Labels
    from warehouse_desk.services.paper.printers import Printers
    from warehouse_desk.services.paper.product_labels import ProductLabels
    from warehouse_desk.services.paper.ruler_pages import RulerPages
    from warehouse_desk.services.paper.slips import Slips


class Paper(Subject):
    """Its parts, each of which loads what draws or prints when it is first asked for."""

    @cached_property
    def labels(self) -> "Labels":
        """Labels to be made, and the stocks they are made on."""
        from warehouse_desk.services.paper.labels import Labels

        return Labels(self.context)

    @cached_property
    def label_runs(self) -> "LabelRuns":
        """Labels that were made."""
        from warehouse_desk.services.paper.label_runs import LabelRuns

        return LabelRuns(self.context)

    @cached_property
    def label_files(self) -> "LabelFiles":
        """How long the files of labels are kept."""
        from warehouse_desk.services.paper.label_files import LabelFiles

        return LabelFiles(self.context)

    @cached_property
    def slips(self) -> "Slips":
        """Packing slips."""
        from warehouse_desk.services.paper.slips import Slips

        return Slips(self.context)

    @cached_property
    def product_labels(self) -> "ProductLabels":
        """Barcode labels of products."""
        from warehouse_desk.services.paper.product_labels import ProductLabels

        return ProductLabels(self.context)

    @cached_property
    def cards(self) -> "CardSheets":
        """Sheets of barcodes that work the program."""
        from warehouse_desk.services.paper.card_sheets import CardSheets

        return CardSheets(self.context)

    @cached_property
    def ruler_pages(self) -> "RulerPages":
        """Test pages."""
        from warehouse_desk.services.paper.ruler_pages import RulerPages

        return RulerPages(self.context)

    @cached_property
    def hand_overs(self) -> "HandOvers":
        """Hand-overs to a company or a delivery person."""
        from warehouse_desk.services.paper.hand_over_sheets import HandOvers

        return HandOvers(self.context)

    @cached_property
    def printers(self) -> "Printers":
        """The printers that paper goes to."""
        from warehouse_desk.services.paper.printers import Printers

        return Printers(self.context)
