"""CAP 1.2 by itself: what is read is written again field by field and holds to the schema of OASIS; what is hostile is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command.warnings.cap import reading, rules, writing
from command.warnings.cap.reading import BadCap
from tests.warnings.caps import EXAMPLES, alert, fields, following, is_valid, xml

FOUND = sorted(one for one in EXAMPLES.glob("*") if one.suffix in (".cap", ".xml"))
WRONG = {"invalid.cap": "scope", "canada_errors.cap": "references"}


def taken(document: bytes | str) -> dict[str, Any]:
    """The alert of a document that is accepted."""
    found = reading.read(reading.decoded(document) if isinstance(document, bytes) else document)
    rules.check(found)
    return found


def test_our_own_example_comes_out_as_it_went_in_and_holds_to_the_schema() -> None:
    for one in (alert(), following(alert(), "Update"), following(alert(), "Cancel")):
        document = xml(one)
        assert taken(document) == one
        assert is_valid(document)
        again = xml(taken(document))
        assert fields(again.encode()) == fields(document.encode())


@pytest.mark.parametrize("file", [one for one in FOUND if one.name not in WRONG], ids=lambda one: one.name)
def test_every_valid_outside_example_comes_out_equal_field_by_field(file: Path) -> None:
    document = file.read_bytes()
    again = xml(taken(document))
    assert is_valid(again)
    assert fields(again.encode()) == fields(document)


@pytest.mark.parametrize("file", [one for one in FOUND if one.name in WRONG], ids=lambda one: one.name)
def test_an_outside_example_that_breaks_the_rules_is_refused(file: Path) -> None:
    with pytest.raises(BadCap, match=WRONG[file.name]):
        taken(file.read_bytes())


BOMB = "<!DOCTYPE a [<!ENTITY a '&b;&b;'><!ENTITY b 'xxxxxxxxxx'>]>"
OUTSIDE = "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


def changed(**more: Any) -> str:
    return xml(alert(**more))


def area(**more: Any) -> str:
    return changed(info={"area": [{"areaDesc": "x", **more}]})


HOSTILE = {
    "a document type": xml(alert()).replace("<alert", "<!DOCTYPE alert><alert", 1),
    "an entity bomb": xml(alert()).replace("<alert", BOMB + "<alert", 1).replace("暴雨", "&a;"),
    "a file from outside": xml(alert()).replace("<alert", OUTSIDE + "<alert", 1).replace("暴雨", "&a;"),
    "CAP 1.1": xml(alert()).replace("cap:1.2", "cap:1.1"),
    "no namespace": xml(alert()).replace(' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', ""),
    "another's namespace": xml(alert()).replace("cap:1.2", "cap:9.9"),
    "an element of elsewhere": xml(alert()).replace("</alert>", '<x xmlns="urn:x"/></alert>'),
    "an unknown element": xml(alert()).replace("</alert>", "<secret>1</secret></alert>"),
    "an attribute": xml(alert()).replace("<info>", '<info onload="x">'),
    "a wrong order": xml(alert()).replace("<status>Actual</status>", "").replace("<info>", "<status>Actual</status><info>", 1),
    "two senders": xml(alert()).replace("<status>", "<sender>b</sender><status>"),
    "a half document": xml(alert())[:900],
    "no XML": "rain!",
    "nothing": "",
    "ten megabytes": xml(alert()).replace("暴雨", "雨" * 4_000_000, 1),
    "a blank in the identifier": changed(identifier="a b"),
    "a comma in the sender": changed(sender="a,b"),
    "an update of nothing": changed(msgType="Update"),
    "a cancel with broken references": changed(msgType="Cancel", references="a,b"),
    "references without a time": changed(msgType="Update", references="a,b,yesterday"),
    "a restricted one that does not say to whom": changed(scope="Restricted"),
    "a private one without addresses": changed(scope="Private"),
    "an unknown severity": changed(info={"severity": "Deadly"}),
    "a time without a zone": changed(sent="2026-07-21T23:40:00"),
    "a time in Zulu": changed(sent="2026-07-21T23:40:00Z"),
    "a thirtieth of February": changed(sent="2026-02-30T23:40:00+08:00"),
    "a polygon that is not a number": area(polygon=["NaN,112.8 36.8,112.9 36.9,112.9 NaN,112.8"]),
    "an infinite polygon": area(polygon=["inf,112.8 36.8,112.9 36.9,112.9 inf,112.8"]),
    "an open polygon": area(polygon=["36.8,112.8 36.8,112.9 36.9,112.9 36.9,112.8"]),
    "a polygon of two points": area(polygon=["36.8,112.8 36.9,112.9 36.8,112.8"]),
    "a polygon that crosses itself": area(polygon=["36.8,112.8 36.9,112.9 36.9,112.8 36.8,112.9 36.8,112.8"]),
    "a polygon with lon and lat changed": area(polygon=["112.8,36.8 112.9,36.8 112.9,36.9 112.8,36.8"]),
    "a circle without a radius": area(circle=["36.8,112.8"]),
    "a circle of endless radius": area(circle=["36.8,112.8 inf"]),
    "a negative circle": area(circle=["36.8,112.8 -5"]),
    "a ceiling without a floor": area(ceiling="100"),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_what_is_hostile_or_wrong_is_refused_in_both_languages(what: str) -> None:
    with pytest.raises(BadCap) as refused:
        taken(HOSTILE[what].encode())
    assert refused.value.zh
    assert refused.value.en
    assert "/etc" not in refused.value.en
    assert "root:" not in refused.value.en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_it_reads_the_encodings_that_chinese_systems_send(encoding: str) -> None:
    document = xml(alert()).replace('encoding="UTF-8"', f'encoding="{encoding}"')
    assert taken(document.encode(encoding)) == alert(sent=taken(document.encode(encoding))["sent"]) | {
        "info": taken(document)["info"]
    }
    with pytest.raises(BadCap, match="encoding"):
        taken(document.replace(f'encoding="{encoding}"', 'encoding="x-none"').encode())


def test_a_signature_at_the_end_does_not_keep_an_alert_out() -> None:
    signed = xml(alert()).replace(
        "</alert>", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><x/></Signature></alert>'
    )
    assert taken(signed) == taken(xml(alert(sent=taken(signed)["sent"]))) | {"info": taken(signed)["info"]}


@given(st.text(min_size=0, max_size=60))
def test_any_text_that_xml_can_hold_survives(text: str) -> None:
    """Whatever stands in a description comes back as it stood, and the document holds to the schema."""
    kept = writing._UNWRITABLE.sub("", text)
    one = alert(info={"description": text})
    again = taken(xml(one))
    assert again["info"][0]["description"] == kept
    assert xml(again) == xml(one)


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_be_refused(raw: bytes) -> None:
    with pytest.raises(BadCap):
        taken(raw)
