"""The roles, cities and counters that a new database starts with."""

import sqlalchemy as sa
from alembic import op

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

CITIES = """Agadir/agadir/أكادير/اكادير Ahfir/ahfir/أحفير/احفير Aïn_Harrouda/ain_harrouda/عين_حرودة/عين_حروده
Aït_Melloul/ait_melloul/آيت_ملول/ايت_ملول Al_Hoceïma/al_hoceima/الحسيمة/الحسيمه Asilah/asilah/أصيلة/اصيله
Azemmour/azemmour/أزمور/ازمور Azilal/azilal/أزيلال/ازيلال Azrou/azrou/أزرو/ازرو
Beni_Mellal/beni_mellal/بني_ملال/بني_ملال Benslimane/benslimane/بنسليمان/بنسليمان
Ben_Guerir/ben_guerir/بن_جرير/بن_جرير Berkane/berkane/بركان/بركان Berrechid/berrechid/برشيد/برشيد
Biougra/biougra/بيوكرى/بيوكري Boujdour/boujdour/بوجدور/بوجدور Boulemane/boulemane/بولمان/بولمان
Bouskoura/bouskoura/بوسكورة/بوسكوره Bouznika/bouznika/بوزنيقة/بوزنيقه
Casablanca/casablanca/الدار_البيضاء/الدار_البيضاء Chefchaouen/chefchaouen/شفشاون/شفشاون
Chichaoua/chichaoua/شيشاوة/شيشاوه Dakhla/dakhla/الداخلة/الداخله Dar_Bouazza/dar_bouazza/دار_بوعزة/دار_بوعزه
Demnate/demnate/دمنات/دمنات Driouch/driouch/الدريوش/الدريوش El_Hajeb/el_hajeb/الحاجب/الحاجب
El_Jadida/el_jadida/الجديدة/الجديده El_Kelaa_des_Sraghna/el_kelaa_des_sraghna/قلعة_السراغنة/قلعه_السراغنه
Errachidia/errachidia/الرشيدية/الرشيديه Essaouira/essaouira/الصويرة/الصويره Es-Semara/es-semara/السمارة/السماره
Fes/fes/فاس/فاس Figuig/figuig/فجيج/فجيج Fnideq/fnideq/الفنيدق/الفنيدق
Fquih_Ben_Salah/fquih_ben_salah/الفقيه_بن_صالح/الفقيه_بن_صالح Guelmim/guelmim/كلميم/كلميم Guercif/guercif/جرسيف/جرسيف
Had_Soualem/had_soualem/حد_السوالم/حد_السوالم Ifrane/ifrane/إفران/افران Imzouren/imzouren/إمزورن/امزورن
Inezgane/inezgane/إنزكان/انزكان Jerada/jerada/جرادة/جراده Kenitra/kenitra/القنيطرة/القنيطره
Khemisset/khemisset/الخميسات/الخميسات Khenifra/khenifra/خنيفرة/خنيفره Khouribga/khouribga/خريبكة/خريبكه
Ksar_El_Kebir/ksar_el_kebir/القصر_الكبير/القصر_الكبير Laâyoune/laayoune/العيون/العيون Larache/larache/العرائش/العرايش
Marrakech/marrakech/مراكش/مراكش Martil/martil/مرتيل/مرتيل M'diq/m'diq/المضيق/المضيق
Mechra_Bel_Ksiri/mechra_bel_ksiri/مشرع_بلقصيري/مشرع_بلقصيري Médiouna/mediouna/مديونة/مديونه Meknes/meknes/مكناس/مكناس
Midelt/midelt/ميدلت/ميدلت Mohammedia/mohammedia/المحمدية/المحمديه Moulay_Idriss/moulay_idriss/مولاي_إدريس/مولاي_ادريس
Nador/nador/الناظور/الناظور Nouaceur/nouaceur/النواصر/النواصر Ouarzazate/ouarzazate/ورزازات/ورزازات
Ouazzane/ouazzane/وزان/وزان Oued_Zem/oued_zem/وادي_زم/وادي_زم Oujda/oujda/وجدة/وجده
Oulad_Teïma/oulad_teima/أولاد_تايمة/اولاد_تايمه Rabat/rabat/الرباط/الرباط Rommani/rommani/الرماني/الرماني
Safi/safi/آسفي/اسفي Saïdia/saidia/السعيدية/السعيديه Salé/sale/سلا/سلا Sefrou/sefrou/صفرو/صفرو Settat/settat/سطات/سطات
Sidi_Bennour/sidi_bennour/سيدي_بنور/سيدي_بنور Sidi_Ifni/sidi_ifni/سيدي_إفني/سيدي_افني
Sidi_Kacem/sidi_kacem/سيدي_قاسم/سيدي_قاسم Sidi_Slimane/sidi_slimane/سيدي_سليمان/سيدي_سليمان
Sidi_Yahya_El_Gharb/sidi_yahya_el_gharb/سيدي_يحيى_الغرب/سيدي_يحيي_الغرب Skhirat/skhirat/الصخيرات/الصخيرات
Souk_El_Arbaa/souk_el_arbaa/سوق_الأربعاء/سوق_الاربعاء Tamesna/tamesna/تامسنا/تامسنا Tan-Tan/tan-tan/طانطان/طانطان
Tanger/tanger/طنجة/طنجه Taounate/taounate/تاونات/تاونات Taourirt/taourirt/تاوريرت/تاوريرت
Tarfaya/tarfaya/طرفاية/طرفايه Taroudant/taroudant/تارودانت/تارودانت Tata/tata/طاطا/طاطا Taza/taza/تازة/تازه
Témara/temara/تمارة/تماره Tétouan/tetouan/تطوان/تطوان Tiflet/tiflet/تيفلت/تيفلت Tinghir/tinghir/تنغير/تنغير
Tiznit/tiznit/تيزنيت/تيزنيت Youssoufia/youssoufia/اليوسفية/اليوسفيه Zagora/zagora/زاكورة/زاكوره Zaïo/zaio/زايو/زايو"""
"""Name, folded name, Arabic name, folded Arabic name; written out, so that folding may change later."""


def insert_roles() -> None:
    op.bulk_insert(sa.table("role", sa.column("name")), [{"name": name} for name in ROLES])
    numbers = {row.name: row.id for row in op.get_bind().execute(sa.text("SELECT name, id FROM role"))}
    op.bulk_insert(
        sa.table("role_ability", sa.column("role_id"), sa.column("ability")),
        [
            {"role_id": numbers[name], "ability": ability.replace("_", " ")}
            for name, abilities in ROLES.items()
            for ability in abilities.split()
        ],
    )


def insert_cities() -> None:
    columns = ("name", "folded", "name_ar", "folded_ar")
    rows = [dict(zip(columns, entry.replace("_", " ").split("/"), strict=True)) for entry in CITIES.split()]
    op.bulk_insert(sa.table("city", *(sa.column(name, sa.String()) for name in columns)), rows)


def insert_counter() -> None:
    op.bulk_insert(sa.table("counter", sa.column("name"), sa.column("value")), [{"name": "reference", "value": 0}])
