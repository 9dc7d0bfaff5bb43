"""The fields of the Dashboard's requests and answers, with the limits of what reads them."""

from dataclasses import replace

from warehouse_desk.domain.fields import MAX_AMOUNT, MAX_ID
from warehouse_desk.domain.jobs import JobState
from warehouse_desk.domain.orders import drafts
from warehouse_desk.domain.orders.status_field import STATUSES
from warehouse_desk.domain.orders.step_options import MAX_REASON
from warehouse_desk.domain.scanning.scans import CODE_LENGTH
from warehouse_desk.server.dashboard.directories import MAX_PAGE
from warehouse_desk.server.dashboard.jobs import KINDS, MAX_COLUMNS
from warehouse_desk.server.dashboard.labels import MAX_STOCK
from warehouse_desk.server.dashboard.sheets import MAX_TEXT
from warehouse_desk.server.endpoints.endpoint import ApiField, FieldKind
from warehouse_desk.server.endpoints.order_fields import LIST_ROW, SHOWN_ORDER
from warehouse_desk.server.endpoints.shapes import BULK_FIELDS, LIST_QUERY, MESSAGE, NOTICES, OUTCOMES
from warehouse_desk.services.files.export_columns import COLUMNS
from warehouse_desk.services.jobs.jobs import FILE_ENDINGS
from warehouse_desk.services.orders.listing import MAX_PER_PAGE


def an_id(name: str, about: str, *, required: bool = False) -> ApiField:
    """Return a field that holds an id."""
    return ApiField(name, FieldKind.WHOLE, about, required=required, least=1, most=MAX_ID)


ORDER = ApiField("order", FieldKind.TEXT, "The id, the reference or the tracking number of an order.", required=True)
ITEM = replace(ORDER, name="item")
STATUS = ApiField("status", FieldKind.CHOICE, "A status, in either case.", required=True, choices=STATUSES)
IDS = ApiField("ids", FieldKind.IDS, "The ids of the orders.", required=True, least=1, most=drafts.MAX_ORDERS)
IDS_IN_QUERY = ApiField(
    "ids[]", FieldKind.TEXTS, "The ids of the orders, where the body cannot be sent.", most=drafts.MAX_ORDERS
)
DATE = ApiField("date", FieldKind.DAY, "The day of the step.", required=True)
WAREHOUSE = an_id("warehouseId", "The warehouse that the goods leave.", required=True)
COMPANY = an_id("shippent_company_id", "The shipping company.", required=True)
PERSON = an_id("delivery_boy_id", "The delivery person.", required=True)
FROM_STOCK = ApiField("from_stock", FieldKind.FLAG, "Whether the company ships what it keeps for us.", required=True)
DESCRIPTION = ApiField("description", FieldKind.TEXT, "Why it is cancelled.", required=True, least=1, most=MAX_REASON)
CODE = ApiField(
    "reference", FieldKind.TEXT, "What the scanner read from the parcel.", required=True, least=1, most=CODE_LENGTH
)

FILTERS = (
    an_id("city_id", "Only orders to this city."),
    an_id("shippent_company_id", "Only orders with this shipping company."),
    an_id("delivery_boy_id", "Only orders with this delivery person."),
    an_id("warehouseId", "Only orders that left this warehouse."),
    ApiField("created_from", FieldKind.DAY, "Only orders made on this day or later."),
    ApiField("created_to", FieldKind.DAY, "Only orders made on this day or earlier."),
    ApiField("held", FieldKind.FLAG, "Only orders on hold, or only others."),
    ApiField("printed", FieldKind.FLAG, "Only orders with a label, or only others."),
    ApiField("label_outdated", FieldKind.FLAG, "Only orders changed since their label, or only others."),
    ApiField("twins", FieldKind.FLAG, "Only possible twins of other orders, or only others."),
    ApiField("unsynced", FieldKind.FLAG, "Only orders that the server does not know as they are, or only others."),
)
LIST_ALL = (*LIST_QUERY, *FILTERS)
LIST_ONE_STATUS = tuple(each for each in LIST_ALL if each.name != "status")
ROW_WITH_ID = (ApiField("id", FieldKind.WHOLE, required=True), *LIST_ROW)

DETAILS = (
    ApiField("full_name", FieldKind.TEXT, "The customer's name.", required=True, least=1, most=drafts.MAX_NAME),
    ApiField("phone", FieldKind.TEXT, "The customer's phone.", required=True, least=1, most=drafts.MAX_PHONE),
    ApiField("second_phone", FieldKind.TEXT, "Another phone.", most=drafts.MAX_PHONE),
    ApiField("email", FieldKind.TEXT, "The customer's e-mail address (ours).", most=drafts.MAX_EMAIL),
    an_id("city_to_id", "The city of destination.", required=True),
    ApiField("area_text", FieldKind.TEXT, "The area or district.", most=drafts.MAX_AREA),
    ApiField("address", FieldKind.TEXT, "The address.", required=True, least=1, most=drafts.MAX_ADDRESS),
    ApiField("notes", FieldKind.TEXT, "Notes for the warehouse.", most=drafts.MAX_NOTES),
    ApiField("shipment_way", FieldKind.WHOLE, "A number of the shipment ways (ours).", least=0, most=MAX_AMOUNT),
    ApiField("is_fees_paid_by_customer", FieldKind.FLAG, "Whether the customer pays the shipping fees (ours)."),
    ApiField(
        "total", FieldKind.MONEY, "The amount to collect; it follows the products without it (ours).",
        least=1, most=MAX_AMOUNT,
    ),
    ApiField(
        "products",
        FieldKind.LIST,
        "All products that the order shall have.",
        required=True,
        least=1,
        most=drafts.MAX_LINES,
        fields=(
            an_id("id", "The id of the product.", required=True),
            ApiField("quantity", FieldKind.WHOLE, "Pieces.", required=True, least=1, most=MAX_AMOUNT),
            ApiField(
                "total", FieldKind.MONEY, "The total of the line; the unit price follows.",
                required=True, least=1, most=MAX_AMOUNT * MAX_AMOUNT,
            ),
        ),
    ),
)  # fmt: skip

LABELS = (
    IDS,
    ApiField("stock", FieldKind.TEXT, "The label stock; 100x150 without it (ours).", most=MAX_STOCK),
    ApiField("start", FieldKind.WHOLE, "The first free label of a sheet (ours).", least=1, most=drafts.MAX_ORDERS),
    ApiField("reprint_reason", FieldKind.TEXT, "Why labels made before are made again (ours).", most=MAX_REASON),
)

FILE = ApiField("file", FieldKind.FILE, "An .xlsx or .csv file.", required=True)
DRY_RUN = ApiField("dry_run", FieldKind.FLAG, "Only say what would become of each row (ours).")
_FILE_STATUSES = (
    ApiField(
        "only_status", FieldKind.TEXT, "The statuses of the file that count, with | between them (ours).", most=MAX_TEXT
    ),
    ApiField("status_column", FieldKind.TEXT, "The heading of the column of statuses (ours).", most=MAX_TEXT),
)
IMPORT = (
    FILE,
    DRY_RUN,
    ApiField("valid_only", FieldKind.FLAG, "Import the valid rows and leave the others out (ours)."),
    ApiField("again", FieldKind.FLAG, "Import what was imported before once more (ours)."),
    ApiField("accept_repairs", FieldKind.FLAG, "Take every repair that is proposed (ours)."),
    ApiField("accept_twins", FieldKind.FLAG, "Import possible twins too (ours)."),
    ApiField("profile", FieldKind.TEXT, "How the file is built (ours).", most=MAX_TEXT),
    *_FILE_STATUSES,
    ApiField("hidden_rows", FieldKind.FLAG, "Whether hidden and filtered rows are taken (ours)."),
    ApiField("sheet", FieldKind.TEXT, "The sheet of a workbook to read (ours).", most=MAX_TEXT),
)
BY_FILE = (
    FILE,
    ApiField("date", FieldKind.DAY, "The day for rows without one; today without it."),
    DRY_RUN,
    *_FILE_STATUSES,
)
EXPORT = (
    ApiField("file_extension", FieldKind.CHOICE, "The kind of file.", required=True, choices=FILE_ENDINGS),
    *(each for each in LIST_ALL if each.name not in {"per_page", "page", "cursor"}),
    replace(IDS, required=False, about="Only these orders (ours)."),
    ApiField(
        "columns",
        FieldKind.TEXTS,
        "The headings, in their order (ours).",
        least=1,
        most=MAX_COLUMNS,
        choices=tuple(COLUMNS),
    ),
)

JOB_STATES = tuple(state.value for state in JobState)
COUNTS = tuple(ApiField(name, FieldKind.WHOLE, required=True) for name in OUTCOMES)
JOB = ApiField(
    "job",
    FieldKind.OBJECT,
    "Work that goes on after its request: ask at its url what became of it.",
    required=True,
    fields=(
        ApiField("id", FieldKind.WHOLE, required=True),
        ApiField("kind", FieldKind.CHOICE, required=True, choices=tuple(KINDS.values())),
        ApiField("state", FieldKind.CHOICE, required=True, choices=JOB_STATES),
        ApiField("progress", FieldKind.WHOLE, "Rows done.", required=True),
        ApiField("server", FieldKind.TEXT, "The station that does it and keeps its file.", required=True),
        ApiField("message", FieldKind.TEXT, required=True),
        ApiField("counts", FieldKind.OBJECT, required=True, nullable=True, fields=COUNTS),
        ApiField("run", FieldKind.WHOLE, "The run of its labels.", required=True, nullable=True),
        ApiField("created_at", FieldKind.MOMENT, required=True),
        ApiField("finished_at", FieldKind.MOMENT, required=True, nullable=True),
        ApiField("url", FieldKind.TEXT, required=True),
        ApiField("file", FieldKind.TEXT, "Where its file is fetched, once it is done.", required=True, nullable=True),
        ApiField("labels", FieldKind.TEXT, "Where its labels are fetched.", required=True, nullable=True),
    ),
)
JOB_FIELDS = (MESSAGE, JOB)
PUSHED = (*BULK_FIELDS, replace(JOB, nullable=True))
LABELS_MADE = (
    *BULK_FIELDS,
    ApiField("run", FieldKind.WHOLE, "The number of the run.", required=True, nullable=True),
    ApiField("url", FieldKind.TEXT, "Where its PDF is fetched.", required=True, nullable=True),
)
_RESULTS = next(each for each in BULK_FIELDS if each.name == "results")
SCANNED = _RESULTS.fields
MARKED = (
    *(each for each in BULK_FIELDS if each.name != "results"),
    replace(_RESULTS, fields=(ApiField("row", FieldKind.WHOLE, "The row in Excel.", required=True), *_RESULTS.fields)),
    ApiField("left_out", FieldKind.IDS, "Rows whose status does not count.", required=True),
)
_PROBLEM = (
    ApiField("column", FieldKind.TEXT, required=True),
    ApiField("severity", FieldKind.TEXT, required=True),
    ApiField("message", FieldKind.TEXT, required=True),
    ApiField("proposed", FieldKind.TEXT, required=True),
    ApiField("choices", FieldKind.TEXTS, "Readings of which a person must choose one.", required=True),
)
IMPORTED = (
    MESSAGE,
    ApiField("imported", FieldKind.WHOLE, required=True),
    ApiField("rejected", FieldKind.WHOLE, "Rows left out because something in them is wrong.", required=True),
    ApiField("known", FieldKind.WHOLE, "Rows whose order exists already.", required=True),
    ApiField("references", FieldKind.TEXTS, "The orders made, in the order of their rows.", required=True),
    NOTICES,
    ApiField(
        "rows",
        FieldKind.LIST,
        "Of a dry run: the rows with something to say about them.",
        fields=(
            ApiField("row", FieldKind.WHOLE, "The row in Excel.", required=True),
            ApiField("valid", FieldKind.FLAG, required=True),
            ApiField("problems", FieldKind.LIST, required=True, fields=_PROBLEM),
        ),
    ),
    ApiField("rows_with_problems", FieldKind.WHOLE, "Of a dry run: how many they are in all."),
)
UPDATED = (MESSAGE, ApiField("data", FieldKind.OBJECT, "For who may see orders.", fields=SHOWN_ORDER))

_TOTAL = ApiField("total", FieldKind.WHOLE, required=True)
ACTIVE = ApiField("active", FieldKind.FLAG, "Only those in use, or only others.")
_ENTRY = (
    ApiField("id", FieldKind.WHOLE, required=True),
    ApiField("name", FieldKind.TEXT, required=True),
    ApiField("active", FieldKind.FLAG, required=True),
)
_CODE = ApiField("code", FieldKind.TEXT, required=True)


def directory_page(*more: ApiField) -> tuple[ApiField, ...]:
    """Return the answer that lists a directory; ``more`` is what its entries hold besides the usual."""
    return (
        ApiField("data", FieldKind.LIST, required=True, fields=(*_ENTRY, *more)),
        ApiField("meta", FieldKind.OBJECT, required=True, fields=(_TOTAL,)),
    )


WAREHOUSES = directory_page(
    _CODE, ApiField("shippent_company_id", FieldKind.WHOLE, "Whose stock it is.", required=True, nullable=True)
)
COMPANIES = directory_page(_CODE)
PERSONS = directory_page(_CODE, ApiField("phone", FieldKind.TEXT, required=True))
CITIES = directory_page(ApiField("name_ar", FieldKind.TEXT, required=True))
PRODUCTS_QUERY = (
    ACTIVE,
    next(each for each in LIST_QUERY if each.name == "keyWord"),
    ApiField("per_page", FieldKind.WHOLE, "Products on a page.", least=1, most=MAX_PER_PAGE),
    ApiField("page", FieldKind.WHOLE, "The number of the page.", least=1, most=MAX_PAGE),
)
PRODUCTS = (
    ApiField(
        "data",
        FieldKind.LIST,
        required=True,
        fields=(
            *_ENTRY,
            ApiField("sku", FieldKind.TEXT, required=True),
            *(ApiField(name, FieldKind.WHOLE, required=True) for name in ("on_hand", "committed", "available")),
            ApiField("barcodes", FieldKind.TEXTS, required=True),
        ),
    ),
    ApiField(
        "meta",
        FieldKind.OBJECT,
        required=True,
        fields=tuple(ApiField(name, FieldKind.WHOLE, required=True) for name in ("current_page", "per_page", "total")),
    ),
)
