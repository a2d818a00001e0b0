"""Names of the subdivisions of countries (ISO 3166-2), which CLDR's Python tables leave out.

Written as the country writes them; China's also in Latin letters. A code in no list is shown as the code.
"""

_NAMES = {
    "US": "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware"
    "|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas"
    "|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi"
    "|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York"
    "|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|PR Puerto Rico|RI Rhode Island"
    "|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington"
    "|WV West Virginia|WI Wisconsin|WY Wyoming",
    "MX": "AGU Aguascalientes|BCN Baja California|BCS Baja California Sur|CAM Campeche|CHP Chiapas|CHH Chihuahua"
    "|CMX Ciudad de México|COA Coahuila|COL Colima|DUR Durango|GUA Guanajuato|GRO Guerrero|HID Hidalgo|JAL Jalisco"
    "|MEX México|MIC Michoacán|MOR Morelos|NAY Nayarit|NLE Nuevo León|OAX Oaxaca|PUE Puebla|QUE Querétaro"
    "|ROO Quintana Roo|SLP San Luis Potosí|SIN Sinaloa|SON Sonora|TAB Tabasco|TAM Tamaulipas|TLA Tlaxcala"
    "|VER Veracruz|YUC Yucatán|ZAC Zacatecas",
    "ES": "AN Andalucía|AR Aragón|AS Asturias|CB Cantabria|CE Ceuta|CL Castilla y León|CM Castilla-La Mancha"
    "|CN Canarias|CT Cataluña|EX Extremadura|GA Galicia|IB Illes Balears|MC Murcia|MD Madrid|ML Melilla|NC Navarra"
    "|PV País Vasco|RI La Rioja|VC Comunitat Valenciana|B Barcelona|M Madrid|V Valencia|SE Sevilla|BI Bizkaia"
    "|Z Zaragoza|MA Málaga",
    "MY": "01 Johor|02 Kedah|03 Kelantan|04 Melaka|05 Negeri Sembilan|06 Pahang|07 Pulau Pinang|08 Perak|09 Perlis"
    "|10 Selangor|11 Terengganu|12 Sabah|13 Sarawak|14 Kuala Lumpur|15 Labuan|16 Putrajaya",
    "CN": "AH Anhui 安徽|BJ Beijing 北京|CQ Chongqing 重庆|FJ Fujian 福建|GD Guangdong 广东|GS Gansu 甘肃"
    "|GX Guangxi 广西|GZ Guizhou 贵州|HA Henan 河南|HB Hubei 湖北|HE Hebei 河北|HI Hainan 海南|HK Hong Kong 香港"
    "|HL Heilongjiang 黑龙江|HN Hunan 湖南|JL Jilin 吉林|JS Jiangsu 江苏|JX Jiangxi 江西|LN Liaoning 辽宁|MO Macao 澳门"
    "|NM Inner Mongolia 内蒙古|NX Ningxia 宁夏|QH Qinghai 青海|SC Sichuan 四川|SD Shandong 山东|SH Shanghai 上海"
    "|SN Shaanxi 陕西|SX Shanxi 山西|TJ Tianjin 天津|TW Taiwan 台湾|XJ Xinjiang 新疆|XZ Xizang 西藏|YN Yunnan 云南"
    "|ZJ Zhejiang 浙江",
}


def subdivision(code: str, locale: str) -> str:
    """The name of a subdivision code such as MX-JAL; what is not listed is shown as it came."""
    country, _, part = code.partition("-")
    for entry in _NAMES.get(country, "").split("|"):
        at, _, name = entry.partition(" ")
        if at == part and part:
            return _script(name, locale)
    return code


def _script(name: str, locale: str) -> str:
    """Chinese readers see the Han name, others the Latin one."""
    latin, _, last = name.rpartition(" ")
    if not last or ord(last[0]) < 0x4E00:
        return name
    return last if locale.startswith("zh") else latin
