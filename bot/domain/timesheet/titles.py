"""Titles of columns by their words: what each may mean, and the unit that it names, in some fifteen languages.

A title is taken apart into words ("durationMinutes" → duration minutes; "Dauer (h)" → dauer h), so that what trackers
and spreadsheets call a column need not be listed letter by letter. The values of a column decide between two meanings.
"""

import re
from enum import Enum, IntEnum
from unicodedata import category, normalize

from bot.domain.pattern import compile_on_use

LONGEST_TITLE = 120
MILLI_PER_SECOND = 1000


class Unit(IntEnum):
    """The unit of a bare number; its value is in milliseconds."""

    MILLISECONDS = 1
    SECONDS = MILLI_PER_SECOND
    MINUTES = 60 * MILLI_PER_SECOND
    HOURS = 3600 * MILLI_PER_SECOND
    DAYS = 24 * HOURS


class Meaning(Enum):
    """The meaning of a title's word."""

    DAY = "day"
    START = "start"
    END = "end"
    LENGTH = "length"
    MOMENT = "moment"
    CLOCK = "clock"
    PROJECT = "project"
    NOTE = "note"
    MEMBER = "member"
    AREA = "area"
    BREAK = "break"
    BESIDE = "beside"


_WORDS = {
    Meaning.DAY: """date day daystamp datestamp spent datum tag jour fecha dia data giorno dag dzien tanggal hari дата
        день dato paiva tarih ngay""",
    Meaning.START: """start started starts begin begins began beginning from since startdatum startzeit startdate
        starttime clockin timein punchin checkin beginn anfang von debut depuis inicio comienzo desde inizio
        da dal aanvang begintijd van poczatek od rozpoczecie mulai dari начало старт borjan baslangic""",
    Meaning.END: """end ended ends finish finished stop stopped until till to clockout timeout punchout checkout
        stopdate enddate endtime ende endzeit enddatum bis fin jusqu hasta termino final fim ate fine al
        einde eindtijd tot koniec do zakonczenie selesai sampai конец окончание по bitis
        finalizacion finalizacao termina encerramento cierre""",
    Meaning.LENGTH: """duration length elapsed worked studied practiced practised timespent spent total lasted durations
        dauer zeit arbeitszeit lernzeit duree temps duracion tiempo duracao tempo durata duur tijd czas durasi waktu
        lama длительность продолжительность время""",
    Meaning.MOMENT: "timestamp datetime when logged at moment",
    Meaning.CLOCK: "time clock hour oclock uhrzeit heure hora ora tid",
    Meaning.PROJECT: """project course subject category activity tag tags deck code app application habit class module
        client folder list skill projekt fach modul kurs kategorie thema tatigkeit aktivitat projet matiere
        cours categorie activite proyecto materia asignatura curso categoria actividad projeto disciplina
        atividade progetto attivita corso vak cursus categorie przedmiot projekt kurs kategoria proyek mapel
        pelajaran kategori kegiatan проект предмет курс категория""",
    Meaning.NOTE: """description learned note notes comment comments remark remarks title titles task tasks details
        topic
        content memo what summary annotation text headline name chapter lesson assigned beschreibung notiz
        notizen kommentar bemerkung aufgabe inhalt thema remarque commentaire tache contenu sujet
        descripcion nota notas comentario comentarios observaciones tarea tema descricao observacao
        observacoes comentario tarefa assunto descrizione commento argomento omschrijving opmerking
        opmerkingen notitie taak onderwerp opis uwagi notatka notatki komentarz zadanie temat catatan
        keterangan deskripsi topik tugas materi описание заметка заметки комментарий задача тема""",
    Meaning.MEMBER: """user username member person employee people who learner student author worker fullname benutzer
        mitglied mitarbeiter nutzer person utilisateur membre personne usuario miembro persona usuario
        membro pessoa utente membro gebruiker medewerker lid uzytkownik osoba pengguna anggota nama
        пользователь участник сотрудник""",
    Meaning.AREA: "area",
    Meaning.BREAK: "break breaks pause pausen pauses lunch descanso pausa intervalo przerwa 休憩 休息 휴식 перерыв",
    Meaning.BESIDE: """created updated modified createdat id uuid price rate billable billed invoiced rounded
        amount cost
        currency email mail estimate estimated estimation planned plan target goal break breaks pause lunch
        number count level score rating mood focus confidence productivity percent percentage status state
        version invoice pages reviews salary paid overtime hourly internal exported expected remaining due deadline
        expires expiry birth birthday faellig fallig echeance vencimiento""",
}
_IN_SCRIPTS = {
    Meaning.DAY: "日付 日期 年月日 날짜 일자 学習日 勉強日 วันที่",
    Meaning.START: "開始 开始 開始 시작 始 起",
    Meaning.END: "終了 结束 結束 종료 終 止",
    Meaning.LENGTH: "時間 时长 時長 时间 시간 用时 時数 所要",
    Meaning.PROJECT: "科目 教科 课程 課程 과목 项目 專案 项 プロジェクト 프로젝트 カテゴリ 分类 分類 카테고리",
    Meaning.NOTE: "メモ 内容 內容 備考 备注 備註 메모 내용 说明 說明 비고 説明 タスク 任务 설명 感想 笔记",
    Meaning.MEMBER: "用户 用戶 ユーザー 사용자 姓名 氏名 이름 メンバー 成员",
}
_UNIT_WORDS = {
    Unit.MILLISECONDS: "ms msec milliseconds millis durationms",
    Unit.SECONDS: """s sec secs second seconds sekunde sekunden secondes segundos secondi seconden sekundy sekund detik
        секунд секунды секунда сек""",
    Unit.MINUTES: """m min mins minute minutes minuten minutos minuti minuty minut minutter menit мин минут минуты
        минута dakika""",
    Unit.HOURS: """h hr hrs hour hours std stunden stunde heures horas ore uren uur godziny godzin godz jam час часы
        часов decimal dezimal decimale saat""",
}
_UNIT_SIGNS = {Unit.SECONDS: "秒 초", Unit.MINUTES: "分", Unit.HOURS: "小时 小時"}
_KOREAN_MINUTES = compile_on_use(r"(?<!부)분(?!류|량|야|석)")

_CAMEL = compile_on_use(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PAIRS = compile_on_use(r"\b(clock|time|punch|check)[ _-](in|out)\b", re.IGNORECASE)
_CLOCK_FORM = compile_on_use(r"\b(?:(?P<hours>h{1,2}):mm|mm?:ss)\b", re.IGNORECASE)
_NOT_A_WORD = compile_on_use(r"[\W_]+")


def words_of(title: str) -> tuple[str, ...]:
    """Return the words of a title: without case, accents, signs and the order in which accents were typed."""
    text = normalize("NFKC", title[:LONGEST_TITLE].replace("\ufeff", ""))
    text = _PAIRS.sub(r"\1\2", _CAMEL.sub(" ", text).replace("_", " "))
    text = normalize("NFD", text.casefold())
    bare = "".join(sign for sign in text if category(sign) != "Mn" or "\u3099" <= sign <= "\u309a")
    return tuple(_NOT_A_WORD.sub(" ", normalize("NFC", bare)).split())


def _index(table: dict[Meaning, str]) -> dict[str, set[Meaning]]:
    found: dict[str, set[Meaning]] = {}
    for meaning, text in table.items():
        for word in text.split():
            found.setdefault("".join(words_of(word)), set()).add(meaning)
    return found


_MEANINGS = _index(_WORDS)
_UNITS = {word: unit for unit, text in _UNIT_WORDS.items() for word in text.split()}
_MEANINGS.pop("", None)


class Title:
    """A title with its words, the meanings that they may have, and the unit that it names (None for none)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        joined = " ".join(self.words)
        self.meanings = {meaning for word in self.words for meaning in _MEANINGS.get(word, ())}
        self.meanings |= {
            meaning for meaning, signs in _IN_SCRIPTS.items() if any(sign in joined for sign in signs.split())
        }
        self.unit = _unit_of(self.words, joined)

    @property
    def clock(self) -> str:
        """The form of clocks that it names: "hh:mm", "mm:ss", or none."""
        match = _CLOCK_FORM.search(self.text)
        return "" if match is None else "hh:mm" if match["hours"] else "mm:ss"

    def has(self, *words: str) -> bool:
        """Return True if one of `words` stands in it."""
        return any(word in self.words for word in words)

    def means(self, meaning: Meaning) -> bool:
        """Return True if one of its words may mean that."""
        return meaning in self.meanings

    @property
    def is_known(self) -> bool:
        """True if any of its words is known."""
        return bool(self.meanings) or self.unit is not None


def _unit_of(words: tuple[str, ...], joined: str) -> Unit | None:
    """Return the unit that is named; None where none is, or several are. A letter alone counts at the end."""
    units = {_UNITS[word] for word in words if word in _UNITS and len(word) > 1}
    units |= {_UNITS[word] for word in _last_letters(words) if word in _UNITS}
    units |= {unit for unit, signs in _UNIT_SIGNS.items() if any(sign in joined for sign in signs.split())}
    if _KOREAN_MINUTES.search(joined):
        units.add(Unit.MINUTES)
    return min(units) if len(units) == 1 else None


def _last_letters(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the last word, and the one that "(h:mm:ss)" begins with."""
    end = len(words)
    while end and words[end - 1] in ("mm", "ss", "hh"):
        end -= 1
    return words[end - 1 : end]
