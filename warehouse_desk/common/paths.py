"""Where this station keeps its files. The only place that asks the operating system for such folders."""

from pathlib import Path

_APP = "warehouse-desk"


def default_data_folder() -> Path:
    """Return the folder of this user's data: database, settings and logs, each system's usual place."""
    import platformdirs  # late: --help and --version need no folder

    return platformdirs.user_data_path(_APP, appauthor=False)


def database_file(data_folder: Path) -> Path:
    """Return the file of the local database."""
    return data_folder / "warehouse-desk.db"


def settings_file(data_folder: Path) -> Path:
    """Return the file of this station's own settings."""
    return data_folder / "settings.toml"


def scan_journal_file(data_folder: Path) -> Path:
    """Return the file in which this station keeps scans until a shared database has answered them."""
    return data_folder / "scan-journal.db"


def server_folder(data_folder: Path) -> Path:
    """Return the folder in which a server keeps what clients sent and wait for."""
    return data_folder / "server"


def server_lock_file(data_folder: Path) -> Path:
    """Return the file that one server at a time holds."""
    return data_folder / "server.lock"


def log_folder(data_folder: Path) -> Path:
    """Return the folder of the daily log files."""
    return data_folder / "logs"
