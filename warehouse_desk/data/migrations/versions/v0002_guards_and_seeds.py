"""Append-only guards on audit and ledger; the cities, roles and counters that a new database starts with."""

import sqlalchemy as sa
from alembic import op

from warehouse_desk.common.text import fold

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("order_event", "stock_movement")

ROLES = {
    "Packer": "view markAsPackedByScanner markAsShippedByScanner generateLabels hold markOutOfStock",
    "Dispatcher": (
        "view markAsPackedByScanner markAsShippedByScanner generateLabels hold markOutOfStock "
        "assignOrderToShippingCompany assignOrderToDeliveryBoys markAsDeliveredByScanner export"
    ),
    "Returns": "view markAsReturnedByScanner manageStock hold",
    "Supervisor": (
        "view markAsPackedByScanner markAsShippedByScanner generateLabels hold markOutOfStock "
        "assignOrderToShippingCompany assignOrderToDeliveryBoys markAsDeliveredByScanner export "
        "markAsReturnedByScanner manageStock CREATE_ORDERS VIEW_ORDERS UPDATE_ORDERS update delete "
        "markAsCanceledByScanner ReNewOrder rollback releaseHold allowNegativeStock overrideVerification import "
        "viewReports sync"
    ),
    "Admin": (
        "CREATE_ORDERS VIEW_ORDERS UPDATE_ORDERS DELETE_ORDERS view update delete markAsPackedByScanner "
        "markAsShippedByScanner markAsDeliveredByScanner markAsReturnedByScanner markAsCanceledByScanner ReNewOrder "
        "assignOrderToShippingCompany assignOrderToDeliveryBoys import export rollback markOutOfStock hold releaseHold "
        "generateLabels manageStock allowNegativeStock overrideVerification viewReports sync manageUsers manageSettings"
    ),
}

CITIES = """Agadir/أكادير Ahfir/أحفير Aïn_Harrouda/عين_حرودة Aït_Melloul/آيت_ملول
Al_Hoceïma/الحسيمة Asilah/أصيلة Azemmour/أزمور Azilal/أزيلال Azrou/أزرو
Beni_Mellal/بني_ملال Benslimane/بنسليمان Ben_Guerir/بن_جرير Berkane/بركان
Berrechid/برشيد Biougra/بيوكرى Boujdour/بوجدور Boulemane/بولمان Bouskoura/بوسكورة
Bouznika/بوزنيقة Casablanca/الدار_البيضاء Chefchaouen/شفشاون Chichaoua/شيشاوة
Dakhla/الداخلة Dar_Bouazza/دار_بوعزة Demnate/دمنات Driouch/الدريوش El_Hajeb/الحاجب
El_Jadida/الجديدة El_Kelaa_des_Sraghna/قلعة_السراغنة Errachidia/الرشيدية
Essaouira/الصويرة Es-Semara/السمارة Fes/فاس Figuig/فجيج Fnideq/الفنيدق
Fquih_Ben_Salah/الفقيه_بن_صالح Guelmim/كلميم Guercif/جرسيف Had_Soualem/حد_السوالم
Ifrane/إفران Imzouren/إمزورن Inezgane/إنزكان Jerada/جرادة Kenitra/القنيطرة
Khemisset/الخميسات Khenifra/خنيفرة Khouribga/خريبكة Ksar_El_Kebir/القصر_الكبير
Laâyoune/العيون Larache/العرائش Marrakech/مراكش Martil/مرتيل M'diq/المضيق
Mechra_Bel_Ksiri/مشرع_بلقصيري Médiouna/مديونة Meknes/مكناس Midelt/ميدلت
Mohammedia/المحمدية Moulay_Idriss/مولاي_إدريس Nador/الناظور Nouaceur/النواصر
Ouarzazate/ورزازات Ouazzane/وزان Oued_Zem/وادي_زم Oujda/وجدة Oulad_Teïma/أولاد_تايمة
Rabat/الرباط Rommani/الرماني Safi/آسفي Saïdia/السعيدية Salé/سلا Sefrou/صفرو
Settat/سطات Sidi_Bennour/سيدي_بنور Sidi_Ifni/سيدي_إفني Sidi_Kacem/سيدي_قاسم
Sidi_Slimane/سيدي_سليمان Sidi_Yahya_El_Gharb/سيدي_يحيى_الغرب Skhirat/الصخيرات
Souk_El_Arbaa/سوق_الأربعاء Tamesna/تامسنا Tan-Tan/طانطان Tanger/طنجة Taounate/تاونات
Taourirt/تاوريرت Tarfaya/طرفاية Taroudant/تارودانت Tata/طاطا Taza/تازة Témara/تمارة
Tétouan/تطوان Tiflet/تيفلت Tinghir/تنغير Tiznit/تيزنيت Youssoufia/اليوسفية
Zagora/زاكورة Zaïo/زايو"""


def upgrade() -> None:
    _guard()
    _seed_roles()
    _seed_cities()
    counter = sa.table("counter", sa.column("name"), sa.column("value"))
    op.bulk_insert(counter, [{"name": "reference", "value": 0}])


def _guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _seed_roles() -> None:
    role = sa.table("role", sa.column("name"))
    op.bulk_insert(role, [{"name": name} for name in ROLES])
    numbers = {row.name: row.id for row in op.get_bind().execute(sa.text("SELECT name, id FROM role"))}
    op.bulk_insert(
        sa.table("role_ability", sa.column("role_id"), sa.column("ability")),
        [
            {"role_id": numbers[name], "ability": ability.replace("_", " ")}
            for name, abilities in ROLES.items()
            for ability in abilities.split()
        ],
    )


def _seed_cities() -> None:
    rows = []
    for entry in CITIES.split():
        name, arabic = entry.replace("_", " ").split("/")
        rows.append({"name": name, "name_ar": arabic, "folded": fold(name), "folded_ar": fold(arabic)})
    columns: list[sa.ColumnClause[str]] = [sa.column(name) for name in ("name", "name_ar", "folded", "folded_ar")]
    op.bulk_insert(sa.table("city", *columns), rows)
