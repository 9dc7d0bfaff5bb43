"""The commands about people: users, roles, badges, PINs."""

from warehouse_desk.cli.parser import Branch, Parser, whole
from warehouse_desk.common.messages import tr


def add_people(top: Branch) -> None:
    """Add them to the program's commands."""
    _add_users(top.add_branch("users", tr("list, add and change users")))
    _add_roles(top.add_branch("roles", tr("list roles and choose what each may do")))
    _add_badges(top.add_branch("badges", tr("list, issue and revoke badges")))
    pin = top.add_branch("pin", tr("set and remove the PINs with which supervisors allow a scan"))
    _name(pin.add("set", "people.set_pin", tr("set the PIN of a user; it is asked for, or comes from the environment")))
    _name(pin.add("clear", "people.clear_pin", tr("remove the PIN of a user")))


def _add_users(users: Branch) -> None:
    users.add("list", "people.list_users", tr("list users with their roles, badges and when they were last seen"))
    user = users.add("add", "people.add_user", tr("add a user; the first one makes everybody sign in"))
    _name(user)
    user.add_argument("--role", required=True, metavar="R", help="Packer, Dispatcher, Returns, Supervisor, Admin")
    role = users.add("role", "people.change_role", tr("change the role of a user"))
    _name(role)
    role.add_argument("role", metavar="ROLE")
    _name(users.add("password", "people.set_password", tr("change the password of a user, or your own")))
    for name, about in (
        ("disable", tr("deactivate a user, who can then no longer sign in; what they did stays")),
        ("enable", tr("reactivate a user")),
    ):
        parser = users.add(name, "people.set_active", about)
        parser.set_defaults(active=name == "enable")
        _name(parser)
    unlock = users.add(
        "unlock", "people.unlock", tr("let a name be tried again at once after too many wrong passwords")
    )
    unlock.add_argument("name", nargs="?", metavar="NAME")
    unlock.add_argument("--address", metavar="A", help=tr("a network address instead of a name"))


def _add_roles(roles: Branch) -> None:
    roles.add("list", "people.list_roles", tr("list roles with how many users hold each"))
    show = roles.add("show", "people.show_role", tr("list every right and whether a role has it"))
    show.add_argument("role", metavar="ROLE")
    change = roles.add("set", "people.set_role", tr("set the rights of a role; a new name makes a role"))
    change.add_argument("role", metavar="ROLE")
    change.add_argument("abilities", nargs="*", metavar="ABILITY", help=tr("as shown by “roles show”; none: no right"))
    for name, about in (
        ("--add", tr("keep what it has and add these")),
        ("--remove", tr("keep what it has except these")),
    ):
        change.add_argument(name, nargs="+", action="extend", default=[], metavar="ABILITY", help=about)
    delete = roles.add("delete", "people.delete_role", tr("delete a role that nobody holds"))
    delete.add_argument("role", metavar="ROLE")


def _add_badges(badges: Branch) -> None:
    badges.add("list", "people.list_badges", tr("list badges, newest first, without their codes"))
    issue = badges.add("issue", "people.issue_badge", tr("issue a badge; its code is shown this once"))
    _name(issue)
    issue.add_argument("--replace", action="store_true", help=tr("revoke the badges that the user has"))
    issue.add_argument("--output", metavar="FILE", help=tr("save the card as PDF instead of showing the code"))
    revoke = badges.add("revoke", "people.revoke_badge", tr("revoke a badge at once"))
    revoke.add_argument("number", nargs="?", type=whole, metavar="NUMBER", help=tr("as “badges list” shows it"))
    revoke.add_argument("--of", dest="of_user", metavar="NAME", help=tr("all badges of this user"))


def _name(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME")
