"""The desk's service: who is answered, what is saved, and what is told where two people meet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from tests.desk.serving import OWN, TOKEN, Person, opened, served

from visavis.desk.desk import Desk
from visavis.readers.corrections import read_corrections

PATHS = [
    "/",
    "/desk.html",
    "/assets/desk.js",
    "/api/desk",
    "/api/cameras",
    "/api/map",
    "/api/events",
    "/api/history",
    "/api/schema",
    "/api/sheets/sheet.pdf/pages/1.png",
    "/api/sheets/sheet.pdf/annotation",
    "/nothing",
    "/?token=wrong",
    "/?token=",
]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_answered_without_the_token(address: str, path: str) -> None:
    answer = httpx.get(address + path)
    assert answer.status_code == 403
    assert set(answer.json()) == {"type", "title", "status", "detail", "code", "remedy"}
    assert httpx.post(address + path, headers=OWN).status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_link_is_exchanged_for_a_cookie_that_no_script_and_no_other_site_gets(address: str) -> None:
    answer = httpx.get(address, params={"token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert address.rsplit(":", 1)[-1] in cookie.split("=", 1)[0]


def test_another_name_of_this_machine_is_refused_even_with_the_token(person: Person) -> None:
    refused = person.client.get("/api/desk", headers={"Host": "evil.example:80"})
    assert refused.status_code == 403
    port = person.client.base_url.port
    assert person.client.get("/api/desk", headers={"Host": f"localhost:{port}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Visavis-Desk": ""},
        {**OWN, "Origin": "https://evil.example"},
        {**OWN, "Origin": "null"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_other_origin_may_change_anything(person: Person, dossier: Path, headers: dict[str, str]) -> None:
    body = {"act": "confirm", "subject": person.look()["queue"][0], "revision": person.revision}
    assert person.client.post("/api/acts", json=body, headers=headers).status_code == 403
    assert not (dossier / "corrections.csv").exists()


def test_every_answer_forbids_what_the_page_does_not_need(person: Person) -> None:
    for path in ("/", "/api/desk", "/nothing"):
        policy = person.client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
    assert person.client.get("/api/desk").headers["cache-control"] == "no-store"


def test_what_the_page_opens_with_tells_the_sheet_and_the_queue_least_sure_first(person: Person) -> None:
    told = person.client.get("/api/desk").json()
    assert (told["initials"], told["invented"], told["writable"]) == ("M", True, True)
    (sheet,) = told["sheets"]
    assert (sheet["reading"], sheet["cameras"], sheet["reviewed"]) == ("read", 30, 0)
    cameras = person.look()
    sure = {each["camera_id"]: each["confidence"]["sureness"] for each in cameras["cameras"]}
    order = [sure[each] for each in cameras["queue"]]
    assert order == sorted(order)
    assert (cameras["left"], cameras["total"]) == (30, 30)
    assert cameras["sureness"]["expected_wrong"] == pytest.approx(sum(1 - s for s in sure.values()))
    first = next(each for each in cameras["cameras"] if each["camera_id"] == cameras["queue"][0])
    assert first["doubts"]


@pytest.mark.slow
def test_every_act_is_a_line_on_disk_before_it_is_answered_and_undone_by_its_deletion(
    person: Person, dossier: Path
) -> None:
    file = dossier / "corrections.csv"
    contents: list[bytes | None] = [None]
    one, two, three, four = person.look()["queue"][:4]
    for act, subject, after in [
        ("confirm", one, None),
        ("move", two, {"x": 700.0, "y": 900.0}),
        ("turn", three, {"sheet_deg": 45.0}),
        ("turn", three, {"azimuth_deg": None}),
        ("relabel", four, {"label": "C99", "kind": "dome"}),
        ("delete", one, None),
        ("add", None, {"x": 800.0, "y": 900.0, "kind": "ptz", "label": "N1", "sheet_deg": 10.0}),
    ]:
        more = {} if after is None else {"after": after}
        answer = person.does(act, subject, sheet="sheet.pdf", **more)
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["cameras"]) == 1
        assert len(read_corrections(file)) == len(contents)
        contents.append(file.read_bytes())
    assert {each.act for each in read_corrections(file)} == {
        "confirm",
        "move",
        "turn",
        "relabel",
        "delete",
        "add",
    }
    while len(contents) > 1:
        assert file.read_bytes() == contents.pop()
        assert person.steps("undo").status_code == 200
    assert not file.exists()
    assert person.look()["left"] == 30
    assert person.steps("undo").json()["code"] == "nothing-to-undo"
    for _ in range(7):
        assert person.steps("redo").status_code == 200
    told = person.client.get("/api/history").json()
    assert len(told["lines"]) == 7
    assert all(line["mine"] for line in told["lines"])


def test_a_moved_camera_stands_at_the_pixel_where_it_was_put(person: Person) -> None:
    subject = person.look()["queue"][0]
    moved = person.does("move", subject, after={"x": 700.0, "y": 900.0}).json()["cameras"][0]
    assert (moved["x"], moved["y"]) == pytest.approx((700.0, 900.0), abs=0.1)
    assert 0.1 < moved["position_sd_m"] < 1.0
    turned = person.does("turn", subject, after={"sheet_deg": 123.0}).json()["cameras"][0]
    assert turned["sheet_deg"] == pytest.approx(123.0, abs=0.01)
    assert (turned["standing"], turned["reviewed_by"], turned["reviewed_on"]) == (
        "reviewed",
        "M",
        "2026-11-02",
    )


@pytest.mark.slow
def test_several_acts_are_taken_all_or_none(person: Person, dossier: Path) -> None:
    one, two = person.look()["queue"][:2]
    acts = [
        {"act": "move", "subject": one, "after": {"x": 700, "y": 900}},
        {"act": "turn", "subject": one, "after": {"sheet_deg": 5}},
        {"act": "confirm", "subject": two},
    ]
    wrong = [*acts, {"act": "confirm", "subject": "nobody"}]
    refused = person.client.post("/api/acts/many", json={"acts": wrong, "revision": person.revision})
    assert refused.status_code == 404
    assert not (dossier / "corrections.csv").exists()
    taken = person.client.post("/api/acts/many", json={"acts": acts, "revision": person.revision})
    assert taken.status_code == 200
    person.revision = taken.json()["revision"]
    assert len(read_corrections(dossier / "corrections.csv")) == 3
    person.steps("undo")
    assert not (dossier / "corrections.csv").exists()


@pytest.fixture
def people() -> Iterator[Callable[..., list[Person]]]:
    """Several people, each with a page open."""
    with ExitStack() as stack:
        yield lambda *addresses: [stack.enter_context(Person(each)) for each in addresses]


@pytest.mark.slow
def test_two_tabs_each_keep_their_acts_and_a_stale_one_is_told(
    address: str, people: Callable[..., list[Person]]
) -> None:
    first, second = people(address, address)
    one, two = first.look()["queue"][:2]
    second.look()
    assert first.does("move", one, after={"x": 700, "y": 900}).status_code == 200
    assert second.does("confirm", two).status_code == 200, "what the other did does not bear on it"
    second.revision = "none"
    refused = second.does("move", one, after={"x": 100, "y": 100})
    assert refused.status_code == 409
    told = refused.json()
    assert (told["code"], told["what"]) == ("conflict", ["place"])
    assert [line["act"] for line in told["theirs"]] == ["move"]
    assert told["now"]["x"] == pytest.approx(700, abs=0.1)
    first.revision = "none"
    assert first.steps("undo").json()["code"] == "conflict"


@pytest.mark.slow
def test_a_second_desk_sees_and_does_not_undo_what_the_first_did(
    desk: Desk, cache: Path, people: Callable[..., list[Person]]
) -> None:
    other = opened(desk.folder, cache, initials="N")
    with served(desk) as here, served(other) as there:
        m, n = people(here, there)
        one, two = m.look()["queue"][:2]
        m.does("confirm", one)
        n.look()
        assert n.camera(one)["reviewed_by"] == "M"
        n.does("confirm", two)
        m.look()
        assert m.steps("undo").status_code == 200
        n.look()
        assert n.camera(one)["standing"] == "detected"
        assert n.camera(two)["reviewed_by"] == "N"
        gone = n.does("delete", one)
        m.look()
        assert gone.status_code == 200
        assert m.does("confirm", one).json()["code"] == "unfit"


@pytest.mark.slow
def test_undo_goes_on_after_the_desk_was_killed(desk: Desk, cache: Path) -> None:
    with served(desk) as where, Person(where) as person:
        for subject in person.look()["queue"][:2]:
            person.does("confirm", subject)
    with served(opened(desk.folder, cache)) as where, Person(where) as person:
        assert person.look()["reviewed"] == 2
        assert person.steps("undo").status_code == 200
        assert person.steps("undo").status_code == 200
        assert person.look()["reviewed"] == 0


@pytest.mark.slow
def test_a_step_back_on_which_a_later_line_rests_is_refused(
    desk: Desk, cache: Path, people: Callable[..., list[Person]]
) -> None:
    other = opened(desk.folder, cache, initials="N")
    with served(desk) as here, served(other) as there:
        m, n = people(here, there)
        subject = m.look()["queue"][0]
        m.does("move", subject, after={"x": 300, "y": 300})
        n.look()
        n.does("confirm", subject)
        m.look()
        refused = m.steps("undo")
        assert refused.json()["code"] == "conflict"
        assert "confirm of" in refused.json()["detail"]
        assert len(read_corrections(desk.journal.file)) == 2


def test_a_mistake_made_by_hand_is_told_with_its_row_and_work_goes_on(person: Person, dossier: Path) -> None:
    file = dossier / "corrections.csv"
    one, two, three = person.look()["queue"][:3]
    person.does("confirm", one)
    person.does("confirm", two)
    by_hand = file.read_text("utf-8").replace(f"confirm,{one}", f"confrim,{one}")
    file.write_text(by_hand, "utf-8")
    told = person.look()
    (problem,) = told["problems"]
    assert (problem["row"], problem["file"]) == (2, "corrections.csv")
    assert "confrim" in problem["en"]
    assert person.does("confirm", three).status_code == 200
    assert file.read_text("utf-8").startswith(by_hand)


def test_a_file_that_can_not_be_taken_apart_keeps_its_bytes_and_acts_wait(
    person: Person, dossier: Path
) -> None:
    file = dossier / "corrections.csv"
    one, two = person.look()["queue"][:2]
    person.does("confirm", one)
    sound = file.read_text("utf-8")
    file.write_text(sound + 'confirm,"open,,,,2026-11-02\n', "utf-8")
    assert person.client.get("/api/desk").json()["writable"] is False
    told = person.look()
    assert [problem["row"] for problem in told["problems"]] == [3]
    assert told["reviewed"] == 1, "what was read of it before is shown on"
    refused = person.does("confirm", two)
    assert (refused.status_code, refused.json()["code"]) == (409, "unreadable")
    assert "row 3" in refused.json()["detail"]
    assert file.read_text("utf-8") == sound + 'confirm,"open,,,,2026-11-02\n'
    file.write_text(sound, "utf-8")
    person.look()
    assert person.does("confirm", two).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"act": "bless"}, 422, "invalid"),
        ({"act": "confirm"}, 422, "invalid"),
        ({"act": "confirm", "subject": "nobody"}, 404, "not-found"),
        ({"act": "add", "after": {"kind": "dome"}}, 422, "invalid"),
        ({"act": "add", "after": {"longitude": 1.0, "latitude": 99.0}}, 422, "invalid"),
        ({"act": "add", "after": {"longitude": 1.0, "latitude": 2.0, "kind": "eye"}}, 422, "invalid"),
        ({"act": "add", "after": {"x": 1, "y": 1}, "sheet": "other.pdf"}, 404, "not-found"),
        ({"act": "confirm", "subject": "x", "who": "somebody", "colour": 1}, 422, "invalid"),
        ({"act": "set-control-point", "subject": "sheet.pdf#99", "after": {}}, 404, "not-found"),
        ({"act": "set-control-point", "sheet": "sheet.pdf", "after": {"x": 1, "y": 1}}, 422, "invalid"),
        ({"act": "set-control-point", "subject": "../x#1", "after": {"x": 1, "y": 1}}, 404, "not-found"),
    ],
)
def test_what_can_not_be_done_is_one_line_and_nothing_is_written(
    person: Person, dossier: Path, body: dict[str, object], status: int, code: str
) -> None:
    answer = person.client.post("/api/acts", json={"revision": person.revision, **body})
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert not (dossier / "corrections.csv").exists()


def test_a_hostile_label_is_data_and_nothing_else(person: Person, dossier: Path) -> None:
    label = "<img src=x onerror=alert(1)>\";=cmd|' /C calc'!A0"
    added = person.does("add", after={"x": 700, "y": 900, "label": label, "kind": "dome"}, sheet="sheet.pdf")
    assert added.json()["cameras"][0]["label"] == label
    assert added.headers["content-type"] == "application/json"
    (line,) = read_corrections(dossier / "corrections.csv")
    assert line.after["label"] == label
    assert person.camera("by-hand:1")["label"] == label


def test_pictures_come_as_wide_as_they_are_asked_for_and_none_of_what_is_no_sheet(person: Person) -> None:
    whole = person.client.get("/api/sheets/sheet.pdf/pages/1.png", params={"width": 400})
    assert whole.content.startswith(b"\x89PNG")
    assert int.from_bytes(whole.content[16:20]) == 400
    again = person.client.get(
        "/api/sheets/sheet.pdf/pages/1.png",
        params={"width": 400},
        headers={"If-None-Match": whole.headers["etag"]},
    )
    assert again.status_code == 304
    piece = person.client.get(
        "/api/sheets/sheet.pdf/pages/1/part.png", params={"box": "100,100,200,150", "width": 50}
    )
    assert int.from_bytes(piece.content[16:20]) == 50
    for path in (
        "/api/sheets/sheet.pdf/pages/2.png",
        "/api/sheets/..%2Fdisclosure.yml/pages/1.png",
        "/api/sheets/disclosure.yml/annotation",
    ):
        assert person.client.get(path).status_code == 404
    for wrong in (
        {"box": "1,2,3"},
        {"box": "nan,0,1,1"},
        {"box": "9e9,0,9e9,1"},
        {"box": "0,0,9,9", "width": "0"},
    ):
        assert person.client.get("/api/sheets/sheet.pdf/pages/1/part.png", params=wrong).status_code == 422


def test_who_listens_is_told_when_the_file_changes(person: Person, dossier: Path) -> None:
    with person.client.stream("GET", "/api/events") as stream:
        lines = (line for line in stream.iter_lines() if line.startswith("data: "))
        assert json.loads(next(lines)[6:])["revision"] == "none"
        (dossier / "corrections.csv").write_text("act,subject,before,after,who,when\n", "utf-8")
        told = json.loads(next(lines)[6:])
        assert told["revision"] != "none"
        assert told["reading"] == {"sheet.pdf": "read"}
