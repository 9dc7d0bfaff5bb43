"""Words of which the demo's people, places and goods are made."""


def spaced_words(text: str) -> tuple[str, ...]:
    """Return the words of a text; an underscore in a word stands for a blank."""
    return tuple(word.replace("_", " ") for word in text.split())


FRENCH_FIRST = spaced_words(
    "Youssef Amina Karim Salma Hicham Nadia Mehdi Khadija Omar Fatima-Zahra Rachid Imane Anas Hajar Said Zineb "
    "Abdelilah Meryem Othmane Sanae Ismaïl Loubna Badr Ghita Tarik Asmaa Mustapha Houda Reda Naïma"
)
FRENCH_LAST = spaced_words(
    "El_Idrissi Tazi Bennani Alaoui Benjelloun El_Fassi Chraïbi Berrada Ouazzani Lahlou Amrani Kettani Sqalli "
    "Ait_Taleb Belkacem Zerouali Bouazza Daoudi El_Mansouri Hamdaoui Naciri Rhazi Skalli Tahiri Ziani"
)
ARABIC_FIRST = spaced_words(
    "محمد فاطمة يوسف خديجة عمر مريم أحمد زينب كريم سلمى رشيد هاجر سعيد إيمان مصطفى نادية حمزة سناء إلياس غيثة"
)
ARABIC_LAST = spaced_words(
    "العلوي الإدريسي بنجلون الفاسي التازي البرادة الوزاني العمراني الكتاني المنصوري الزياني الحمداوي الناصري "
    "بنعلي الصقلي بوعزة الداودي الطاهري"
)
STREETS = spaced_words(
    "Rue_Ibn_Sina Avenue_Hassan_II Boulevard_Zerktouni Rue_Tarik_Ibn_Ziad Avenue_Mohammed_V Rue_Al_Massira "
    "Boulevard_Anfa Rue_Oued_Sebou Avenue_des_FAR Lotissement_Al_Wifaq Résidence_Les_Orangers Hay_Salam "
    "Rue_Moulay_Ismaïl"
)
ARABIC_STREETS = spaced_words("شارع_الحسن_الثاني شارع_محمد_الخامس حي_السلام زنقة_ابن_سينا تجزئة_الوفاق حي_المسيرة")
AREAS = spaced_words("Maarif Gauliz Agdal Hay_Riad Sidi_Maârouf Oulfa Bourgogne Hay_Mohammadi Ain_Sebaâ Centre-ville")
NOTES = (
    "Appeler avant de livrer",
    "Livrer après 18h",
    "Laisser chez le gardien",
    "المرجو الاتصال قبل التسليم",
    "Ne pas plier",
)
BIG_CITIES = spaced_words("Casablanca Rabat Marrakech Fes Tanger Agadir Salé Meknes Oujda Kenitra Tétouan Mohammedia")
WORKERS = ("Karim", "Salma", "Hicham", "Nadia", "Omar")
STATIONS = ("Poste 1", "Poste 2", "Poste 3")
REASONS = ("Client injoignable", "Refusé par le client", "Doublon", "Adresse incomplète", "الزبون لا يجيب")

SENDER = {"name": "Comptoir de l'Atlas", "phone": "0522450011", "city": "Casablanca"}
MOBILES = ("61", "64", "65", "66", "67", "70", "76", "77")
PHONES = ("52245", "52278", "53770", "53580", "66110", "66230", "67040", "70815")
"""First digits of numbers that exist."""
WAREHOUSES = (("CASA", "Entrepôt Casablanca"), ("RABAT", "Entrepôt Rabat"))
COMPANIES = (("ATLAS", "Atlas Express"), ("RIF", "Rif Colis"), ("SAHARA", "Sahara Livraison"))
PERSONS = (
    ("ALI", "Ali Bouzidi", "0661100001"),
    ("BRAHIM", "Brahim Oufkir", "0661100002"),
    ("HASSAN", "حسن المرابط", "0661100003"),
    ("JALAL", "Jalal Senhaji", "0661100004"),
    ("SOUAD", "Souad Lamrani", "0661100005"),
)
PRODUCTS = (
    ("Montre classique homme", 299), ("Montre sport", 349), ("Bracelet argenté", 129), ("Collier doré", 159),
    ("Parfum oud 50 ml", 249), ("Parfum musc 100 ml", 329), ("Huile d'argan 100 ml", 99), ("Savon noir 250 g", 49),
    ("Crème visage bio", 119), ("Sérum anti-âge", 189), ("Brosse lissante", 279), ("Sèche-cheveux", 259),
    ("Tondeuse barbe", 199), ("Rasoir électrique", 299), ("Balance de cuisine", 139), ("Mixeur portable", 179),
    ("Bouilloire inox", 169), ("Théière marocaine", 219), ("Service à thé 6 verres", 149),
    ("Tajine en terre cuite", 129),
    ("Couverture polaire", 189), ("Parure de lit", 349), ("Coussin berbère", 109), ("Tapis de prière", 99),
    ("Djellaba femme", 399), ("Djellaba homme", 379), ("Caftan brodé", 899), ("Babouches cuir", 159),
    ("Sac à main cuir", 449), ("Portefeuille cuir", 149), ("Sac à dos scolaire", 229), ("Lampe solaire", 89),
    ("Projecteur LED", 139), ("Caméra Wi-Fi", 329), ("Écouteurs sans fil", 199), ("Chargeur rapide", 79),
    ("Support téléphone voiture", 69), ("Aspirateur voiture", 239), ("Coffret dattes Medjool", 129),
    ("Miel de thym 500 g", 179),
)  # fmt: skip
"""Forty products: name and unit price in MAD."""
