#!/usr/bin/env python3
"""places.py - makes models/gazetteer/places.tsv and bodies.tsv.

usage: places.py FOLDER-OF-THE-DATABASE OUT-FOLDER
Source of names, codes and former make-up: thanglequoc/vietnamese-provinces-database (MIT), facts of the
34 provinces and 3,321 communes as of 1 July 2025. bodies_central.tsv in OUT-FOLDER is written by hand; the
bodies of each province are added to it.
"""
import json, re, sys

AS_OF = "2025-07-01"
UNIT = r"(?:[Pp]hường|[Xx]ã|[Tt]hị trấn|[Đđ]ặc khu|[Hh]uyện|[Qq]uận|[Tt]ỉnh|[Tt]hành phố|[Tt]hị xã)"
ALIASES = {"79": ["TP.HCM", "TPHCM", "TP HCM", "TP. Hồ Chí Minh", "TP Hồ Chí Minh", "Sài Gòn"], "01": ["HN"],
           "46": ["Thừa Thiên Huế", "Thừa Thiên - Huế"], "66": ["Đăk Lăk", "Đắc Lắc"], "68": ["Đà Lạt"]}


def former(text):
    if not text or "giữ nguyên" in text.lower():
        return []
    text = re.sub(r"\([^()]*\)", "", text).replace("TPHCM", "thành phố Hồ Chí Minh")
    found = re.findall(UNIT + r"\s+([^,;.()]+?)(?=,|;|\.|$| và |\s+sau khi|\s+theo )", text)
    kinds = re.findall("(" + UNIT + r")\s+[^,;.()]+?(?=,|;|\.|$| và |\s+sau khi|\s+theo )", text)
    names = []
    for kind, name in zip(kinds, found):
        name = re.sub(r"^(?:" + UNIT + r"\s+)+", "", name.strip())
        if name and name[0].isupper() | name[0].isdigit() and len(name.split()) <= 5:
            names.append(kind.lower() + " " + name)
    return sorted(set(names))


def main(src, out):
    units = json.load(open(src + "/units_vn.json"))
    made_of = {(r["magoc"], r["ma"]): r["truocsapnhap"] for r in json.load(open(src + "/merged_from.json"))}
    rows, bodies = [], []
    for p in units:
        name = p["FullName"]
        bare = re.sub("^(Thành phố|Tỉnh) ", "", name)
        old = [o for o in former(made_of.get(("0", p["Code"]), "")) if o.split(" ", 1)[1].strip() != bare and not o.endswith(" " + bare)]
        rows.append((p["Code"], "province", name, "", "; ".join(old), AS_OF, "; ".join(ALIASES.get(p["Code"], []))))
        spelt = [bare] + [a for a in ALIASES.get(p["Code"], []) if a.startswith("TP")]
        kind = "tỉnh" if name.startswith("Tỉnh") else "thành phố"
        party = "Tỉnh ủy" if kind == "tỉnh" else "Thành ủy"
        for code, head, short, what in (("UBND", "Ủy ban nhân dân", "UBND", "committee"), ("HDND", "Hội đồng nhân dân", "HĐND", "council"),
                                        ("CA", "Công an", "Công an", "police"), ("TU", party, party, "party")):
            mid = "" if code == "TU" else kind + " "
            forms = [f"{h} {m}{s}" for h in dict.fromkeys((head, short)) for m in dict.fromkeys((mid, "")) for s in spelt]
            bodies.append((f"{code}-{p['Code']}", f"{head} {mid}{bare}", "; ".join(f for f in forms if f != f"{head} {mid}{bare}"), what))
        for w in p["Wards"]:
            old = [o for o in former(made_of.get((p["Code"], w["Code"]), "")) if o.lower() != w["FullName"].lower()]
            rows.append((w["Code"], "commune", w["FullName"], p["Code"], "; ".join(old), AS_OF, ""))
    with open(out + "/places.tsv", "w") as f:
        f.write("# Names and codes: thanglequoc/vietnamese-provinces-database (MIT); made by tools/gazetteer/places.py\n")
        f.write("code\tlevel\tname\tparent\tformer\tas_of\taliases\n")
        f.writelines("\t".join(r) + "\n" for r in rows)
    central = open(out + "/bodies_central.tsv").read()
    with open(out + "/bodies.tsv", "w") as f:
        f.write(central)
        f.writelines("\t".join(b) + "\n" for b in bodies)
    print(len(rows), "places,", len(bodies) + central.count("\n") - 1, "bodies,", sum(r[4].count(";") + bool(r[4]) for r in rows), "former names")


main(sys.argv[1], sys.argv[2])
