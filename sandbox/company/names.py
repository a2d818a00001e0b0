"""Invented names of people and firms."""

GIVEN = {
    "US": ("Olivia", "James", "Emma", "Noah", "Ava", "Liam", "Mia", "Ethan", "Grace", "Henry", "Zoe", "Owen"),
    "MX": ("Sofía", "José", "Valentina", "Luis", "Camila", "Diego", "Ximena", "Jorge", "Renata", "Andrés"),
    "ES": ("Lucía", "Hugo", "Martina", "Pablo", "Carmen", "Álvaro", "Inés", "Iñaki", "Nuria", "Jordi"),
    "CN": ("伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇"),
    "MY": ("Aisyah", "Ahmad", "Nurul", "Wei Ling", "Farid", "Siti", "Kumar", "Mei Yee", "Hafiz", "Priya"),
}
FAMILY = {
    "US": ("Smith", "Johnson", "Nguyen", "Davis", "O'Brien", "Patel", "Clark", "Lewis", "Young", "King"),
    "MX": ("Hernández", "García", "Martínez", "López", "González", "Ramírez", "Núñez", "Torres"),
    "ES": ("García", "Fernández", "Muñoz", "Pérez", "Romero", "Ibáñez", "Navarro", "Serra"),
    "CN": ("王", "李", "张", "刘", "陈", "杨", "赵", "黄"),
    "MY": ("Tan", "Abdullah", "Lim", "Ismail", "Wong", "Subramaniam", "Rahman", "Lee"),
}
FIRM_HEAD = {
    "US": ("Northwind", "Blue Mesa", "Ridgeline", "Harbor", "Summit", "Copperfield", "Lakeside", "Pioneer"),
    "MX": ("Grupo Altavista", "Cedro", "Sierra Norte", "Nopal", "Volcán", "Río Bravo", "Quetzal"),
    "ES": ("Ibérica", "Mistral", "Peñalara", "Levante", "Duero", "Atlántida", "Olivar"),
    "CN": ("华星", "云海", "中科", "东方", "金桥", "北辰", "长风"),
    "MY": ("Harimau", "Bunga Raya", "Selat", "Mutiara", "Kinabalu", "Rimba", "Teratai"),
}
FIRM_TAIL = {
    "US": ("Systems Inc.", "Logistics LLC", "Health Corp.", "Foods Inc.", "Energy LLC"),
    "MX": ("S.A. de C.V.", "Logística S.A.", "Alimentos S.A.", "Servicios S.C."),
    "ES": ("S.L.", "Logística S.A.", "Salud S.L.", "Industrias S.A."),
    "CN": ("科技有限公司", "物流有限公司", "制造有限公司", "医疗有限公司"),
    "MY": ("Sdn. Bhd.", "Logistik Sdn. Bhd.", "Makanan Sdn. Bhd.", "Teknologi Bhd."),
}
INDUSTRIES = ("COMPUTER_SOFTWARE", "LOGISTICS_AND_SUPPLY_CHAIN", "HOSPITAL_HEALTH_CARE", "FOOD_BEVERAGES", "MACHINERY")


def of(table: dict[str, tuple[str, ...]], market: str) -> tuple[str, ...]:
    """The names of a market; people and firms elsewhere are named as in the United States."""
    return table.get(market, table["US"])
