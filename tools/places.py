#!/usr/bin/env python3
"""places - makes models/gazetteer/places.tsv from the tables of thanglequoc/vietnamese-provinces-database (MIT).

places.py FOLDER > models/gazetteer/places.tsv      FOLDER holds units_full.json and merged_from.json

Only facts are taken: codes, names, and what each unit was made of. Other names of provinces, and the cities that
were units of their own until 2025, are added from the table below. The result is sorted by code and does not change.
"""
import json
import re
import sys

OTHER_NAMES = {
    "01": "Thủ đô Hà Nội", "79": "TP.HCM; TPHCM; TP Hồ Chí Minh; Sài Gòn; Vũng Tàu; BR-VT; BRVT; Thủ Đức; Thủ Dầu Một; Dĩ An; Côn Đảo",
    "46": "Thừa Thiên Huế; TT-Huế; TT Huế", "75": "Biên Hòa; Đồng Xoài; Long Khánh", "48": "Hội An; Tam Kỳ", "92": "Vị Thanh; Ninh Kiều",
    "66": "Đắc Lắc; Đăk Lăk; Đắk Lắc; Buôn Ma Thuột; Tuy Hòa", "68": "Đắc Nông; Đăk Nông; Đà Lạt; Bảo Lộc; Phan Thiết; Gia Nghĩa",
    "56": "Nha Trang; Cam Ranh; Phan Rang; Phan Rang - Tháp Chàm; Trường Sa", "52": "Quy Nhơn; Pleiku", "51": "Kontum",
    "22": "Hạ Long; Móng Cái; Uông Bí; Cẩm Phả", "40": "TP Vinh; Cửa Lò", "44": "Đồng Hới; Đông Hà", "91": "Long Xuyên; Rạch Giá; Châu Đốc; Hà Tiên",
    "82": "Mỹ Tho; Cao Lãnh; Sa Đéc; Gò Công", "80": "Tân An", "25": "Việt Trì; Vĩnh Yên", "15": "Sa Pa; Sapa", "37": "Phủ Lý; Tam Điệp",
    "38": "Sầm Sơn", "12": "", "19": "Sông Công; Phổ Yên", "24": "Từ Sơn",
}
HEADS = r"(?:Phường|Xã|Thị trấn|Đặc khu|phường|xã|thị trấn)"


def former_provinces(text):
    text = text.split(". ")[0]
    names = re.findall(r"(?:tỉnh|thành phố) ([A-ZĐ][^,]*?)(?= và |,|$)", text)
    return names


def former_communes(text):
    """The units that went into this one whole; parts of units are left out, for they lead to several."""
    names = []
    for piece in re.split(r",| và |;", text):
        piece = piece.strip(" .")
        if "phần" in piece.lower():
            if "(" not in piece:
                break
            continue
        found = re.fullmatch(HEADS + r" ([A-ZĐÂĂÊÔƠƯÁÀẢÃẠÝÍÚÓÉÈỂÒÙĨŨ][^()]*)", piece)
        if found and len(piece) < 50:
            names.append(piece[0].lower() + piece[1:])
    return names


def main(folder):
    units = json.load(open(folder + "/units_full.json", encoding="utf-8"))
    made_of = {row["ma"]: row["truocsapnhap"] or "" for row in json.load(open(folder + "/merged_from.json", encoding="utf-8"))}
    print("# source: thanglequoc/vietnamese-provinces-database (MIT), state of July 2026; made by tools/places.py")
    print("code\tlevel\tname\tparent\tformer\tas_of")
    for p in sorted(units, key=lambda u: u["Code"]):
        old = [n for n in former_provinces(made_of.get(p["Code"], "")) if n != p["Name"]]
        old += [n for n in OTHER_NAMES.get(p["Code"], "").split("; ") if n]
        as_of = "2026-04-30" if p["Code"] == "75" else "2025-07-01"
        print(p["Code"], "province", p["FullName"], "", "; ".join(dict.fromkeys(old)), as_of, sep="\t")
        for w in sorted(p["Wards"], key=lambda u: u["Code"]):
            name = w["FullName"][0].upper() + w["FullName"][1:]
            old = [n for n in former_communes(made_of.get(w["Code"], "")) if n.lower() != name.lower()]
            print(w["Code"], "commune", name, p["Code"], "; ".join(dict.fromkeys(old)), "2025-07-01", sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
