"""Parcels of a Moroccan cash-on-delivery shop, from the plain to the ugly."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from warehouse_desk.documents.label import LabelLine, LabelSpec, Recipient, Sender

DAY = date(2026, 11, 23)
SHOP = Sender("Atlas Cosmétiques SARL", "0522456789", "Casablanca")

FRENCH = LabelSpec(
    reference="ORD-00001",
    sender=SHOP,
    recipient=Recipient(
        name="Yasmine El Idrissi",
        phone="+212612345678",
        second_phone="0661223344",
        city="Casablanca",
        area="Maârif",
        address="12, rue Ibn Batouta, immeuble Al Manar, 3e étage, appartement 14, près de la pharmacie",
    ),
    cod_centimes=123_450,
    lines=(LabelLine("ARG-250", "Huile d'argan bio 250 ml", 2), LabelLine("SAV-NR", "Savon noir", 1)),
    notes="Appeler avant de passer, livraison après 18h",
    tracking_number="OZ250012345MA",
    carrier="Ozone Express",
    printed_on=DAY,
)

ARABIC = LabelSpec(
    reference="ORD-00002",
    sender=Sender("متجر الأطلس", "0522456789", "الدار البيضاء"),
    recipient=Recipient(
        name="محمد الإدريسي العلوي",
        phone="٠٦١٢٣٤٥٦٧٨",
        city="الدار البيضاء",
        area="المعاريف",
        address="حي المعاريف، زنقة 12 رقم 45 (الطابق الثالث) قرب صيدلية النور، هاتف 06 12 34 56 78",
    ),
    cod_centimes=29_900,
    lines=(
        LabelLine("SKU-1", "زيت أركان طبيعي 250 مل", 1),
        LabelLine("SKU-22", "Savon noir بالأوكالبتوس", 3),
    ),
    notes="الاتصال قبل التسليم، الطلب ORD-00002 هش",
    carrier="يوسف أمين",
    printed_on=DAY,
    reprint=True,
)

_LONG = "Résidence Al Firdaous bloc 7 " + "derrière la grande mosquée, حي السلام قرب المدرسة الابتدائية, " * 20

UGLY = LabelSpec(
    reference="ORD-1234567",
    sender=Sender("Société marocaine de distribution " * 4, "+212522456789 / 0661000000", "Casablanca-Anfa"),
    recipient=Recipient(
        name="W" * 100,
        phone="+212612345678 0661223344 / 00212 5 22 45 67 89",
        second_phone="0661223344 ou 0522001122",
        city="X" * 100,
        area="Sidi Moumen " * 10,
        address=_LONG[:1000],
    ),
    cod_centimes=99_999_900,
    lines=tuple(
        LabelLine(f"SKU-{i}-" + "LONG" * 2 * i, "Produit très long " * 6 if i % 2 else "منتج طويل جدا " * 8, 999_999)
        for i in range(10)
    ),
    notes="Fragile " * 120,
    carrier="Société de livraison express du Maroc oriental et du Souss",
    tracking_number="T" * 60,
    printed_on=DAY,
    page=10,
    pages=12,
    reprint=True,
)

PREPAID = LabelSpec(
    reference="ORD-00077",
    sender=SHOP,
    recipient=Recipient("Zineb Amrani", "0700000001", "Aït Melloul", "Nr 5"),
    cod_centimes=None,
    carrier="Amana",
    printed_on=DAY,
    page=2,
    pages=3,
)

ALL = (FRENCH, ARABIC, UGLY, PREPAID)


def a_run(count: int, seed: int = 1) -> Iterator[LabelSpec]:
    """Yield labels of a mixed French and Arabic shift, each with its own customer, address and amount."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable shift, not a secret
    for number in range(1, count + 1):
        base = rng.choice((FRENCH, FRENCH, ARABIC, ARABIC, PREPAID))
        phone = f"06{rng.randrange(10**8):08d}"
        address = base.recipient.address.replace("12", str(rng.randrange(1, 500)))
        yield replace(
            base,
            reference=f"ORD-{number:05d}",
            recipient=replace(
                base.recipient,
                phone=phone,
                name=f"{base.recipient.name} {number}",
                address=f"{address} {number}",
            ),
            cod_centimes=rng.choice((None, rng.randrange(5_000, 300_000))),
        )
