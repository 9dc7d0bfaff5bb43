"""The people who work here: users, roles, badges, PINs, and who sits at the station."""

from warehouse_desk.services.people.api_tokens import ApiTokens
from warehouse_desk.services.people.badges import Badges
from warehouse_desk.services.people.pins import Pins
from warehouse_desk.services.people.roles import Roles
from warehouse_desk.services.people.session import Session
from warehouse_desk.services.people.users import Users
from warehouse_desk.services.people.web_sessions import WebSessions


class People(Users, Roles, Badges, Pins, ApiTokens, WebSessions, Session):
    """Everything about people that a worker can ask for once somebody is signed in; see also :mod:`sign_in`."""
