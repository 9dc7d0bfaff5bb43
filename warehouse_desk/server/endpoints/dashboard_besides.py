"""What people with a session need besides the API's own endpoints: their jobs, and the lists whose ids are wanted."""

from functools import partial

from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.fields import MAX_ID
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.server.dashboard import directories, jobs
from warehouse_desk.server.endpoints import dashboard_fields as fields
from warehouse_desk.server.endpoints.endpoint import ApiField, ApiPart, Endpoint, FieldKind, Link, Success, Work
from warehouse_desk.server.exchange import Who

_row = partial(Endpoint, part=ApiPart.OWN, who=Who.SESSION)
_JOB = ApiField("job", FieldKind.WHOLE, "The number of a job that you asked for.", required=True, least=1, most=MAX_ID)
_SHEETS = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv; charset=utf-8")


def _directory(name: str, path: str, what: Listed, about: str, answer: tuple[ApiField, ...]) -> Endpoint:
    return _row(
        name=name,
        verb="GET",
        path=path,
        abilities=(Ability.VIEW,),
        handler=directories.directory(what),
        about=about,
        query=(fields.ACTIVE,),
        success=(Success("All of them.", answer),),
    )


ROWS: tuple[Endpoint, ...] = (
    _row(
        name="showJob",
        verb="GET",
        path="/jobs/{job}",
        handler=jobs.show_job,
        about="Ask how far a job of yours is, and what came of it.",
        parameters=(_JOB,),
        success=(Success("The job.", fields.JOB_FIELDS),),
        failures=(404,),
        links=(Link("getJobFile", "job", "$response.body#/job/id"),),
    ),
    _row(
        name="cancelJob",
        verb="DELETE",
        path="/jobs/{job}",
        handler=jobs.cancel_job,
        about="Cancel a job of yours, unless it is over.",
        parameters=(_JOB,),
        success=(Success("The job as it is now.", fields.JOB_FIELDS),),
        failures=(404,),
    ),
    _row(
        name="getJobFile",
        verb="GET",
        path="/jobs/{job}/file",
        handler=jobs.job_file,
        about="Download the file of an export of yours; it is kept for a week.",
        parameters=(_JOB,),
        work=Work.FILES,
        success=(Success("The file.", media=_SHEETS),),
        failures=(404, 409, 410),
    ),
    _directory("listWarehouses", "/warehouses", Listed.WAREHOUSE, "List the warehouses.", fields.WAREHOUSES),
    _directory("listCompanies", "/shipping-companies", Listed.COMPANY, "List the companies.", fields.COMPANIES),
    _directory("listPersons", "/delivery-boys", Listed.PERSON, "List the delivery persons.", fields.PERSONS),
    _directory("listCities", "/cities", Listed.CITY, "List the cities.", fields.CITIES),
    _row(
        name="listProducts",
        verb="GET",
        path="/products",
        abilities=(Ability.VIEW,),
        handler=directories.list_products,
        about="List the products by SKU, with what lies of each in our own warehouses.",
        query=fields.PRODUCTS_QUERY,
        success=(Success("A page.", fields.PRODUCTS),),
    ),
)
