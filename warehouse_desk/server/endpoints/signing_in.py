"""The rows of signing in and out."""

from warehouse_desk.server.endpoints.endpoint import ApiField, ApiPart, Endpoint, FieldKind, Success, Work
from warehouse_desk.server.exchange import Who
from warehouse_desk.server.own import signing_in
from warehouse_desk.server.own.signing_in import MAX_NAME, MAX_PASSWORD

_SIGN_IN_BYTES = 16 * 1024

_WHO = (
    ApiField(
        "data",
        FieldKind.OBJECT,
        "Who is signed in.",
        required=True,
        fields=(
            ApiField("name", FieldKind.TEXT, "The user's name.", required=True, example="Nadia"),
            ApiField("abilities", FieldKind.TEXTS, "What the user's role may do.", required=True, example=["view"]),
        ),
    ),
)

ROWS: tuple[Endpoint, ...] = (
    Endpoint(
        name="signIn",
        verb="POST",
        path="/login",
        part=ApiPart.OWN,
        who=Who.ANYBODY,
        handler=signing_in.sign_in,
        about="Sign in with name and password: the answer sets the session's cookie and XSRF-TOKEN.",
        body=(
            ApiField("name", FieldKind.TEXT, "A user's name.", required=True, least=1, most=MAX_NAME),
            ApiField("password", FieldKind.TEXT, "The user's password.", required=True, least=1, most=MAX_PASSWORD),
        ),
        body_bytes=_SIGN_IN_BYTES,
        work=Work.HASHING,
        success=(Success("Signed in.", _WHO),),
        failures=(401, 403, 419, 429),
        example={"name": "Nadia", "password": "motdepasse"},
    ),
    Endpoint(
        name="signOut",
        verb="POST",
        path="/logout",
        part=ApiPart.OWN,
        who=Who.SESSION,
        handler=signing_in.sign_out,
        about="End the session.",
        success=(Success("Signed out.", (ApiField("message", FieldKind.TEXT, required=True),)),),
    ),
    Endpoint(
        name="whoAmI",
        verb="GET",
        path="/me",
        part=ApiPart.OWN,
        who=Who.SESSION,
        handler=signing_in.who_am_i,
        about="Tell who is signed in and what they may do.",
        success=(Success("Who is signed in.", _WHO),),
    ),
    Endpoint(
        name="xsrfCookie",
        verb="GET",
        path="/sanctum/csrf-cookie",
        part=ApiPart.OWN,
        who=Who.ANYBODY,
        handler=signing_in.xsrf_cookie,
        about="Give the cookie XSRF-TOKEN, which goes back as the header X-XSRF-TOKEN with each request that writes.",
        success=(Success("The cookie was set.", status=204),),
    ),
)
