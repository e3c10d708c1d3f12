"""Korean: the sound rules with the examples of 표준발음법, written readings, and what holds for every text."""

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tts.text.ko import Korean, KoreanWord, is_reading, read_phrase
from tts.text.ko_numbers import counted, figures, sino
from tts.text.normalize_ko import normalize
from tts.text.phones import SYMBOLS

quick = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])

#: Each line is an article of 표준발음법: what is written, and what is said. A word of several eojeols is written with
#: _.
RULES = """
5 가져 가저  쪄 쩌  다쳐 다처  시계 시게  연계 연게  개폐 개페  혜택 헤택  지혜 지헤  예절 예절  차례 차례  무늬 무니
5 띄어쓰기 띠어쓰기  씌어 씨어  희망 히망  유희 유히  주의 주이  협의 혀비  우리의 우리에  강의의 강이에  의사 의사
5 회의 회이  의의 의이  나의_집 나에_집
9 닦다 닥따  키읔 키윽  키읔과 키윽꽈  옷 옫  웃다 욷따  있다 읻따  젖 젇  빚다 빋따  꽃 꼳  쫓다 쫃따  솥 솓
9 뱉다 밷따  앞 압  덮다 덥따
10 넋 넉  넋과 넉꽈  앉다 안따  여덟 여덜  넓다 널따  외곬 외골  핥다 할따  값 갑  없다 업따  밟다 밥따  밟소 밥쏘
10 밟지 밥찌  밟는 밤는  밟게 밥께  밟고 밥꼬  밟아 발바  넓죽하다 넙쭈카다  넓둥글다 넙뚱글다  여덟도 여덜도
10 여덟이 여덜비
11 닭 닥  흙과 흑꽈  맑다 막따  늙지 늑찌  삶 삼  젊다 점따  읊고 읍꼬  읊다 읍따  맑게 말께  묽고 물꼬  얽거나 얼꺼나
11 읽다 익따  닭고기 닥꼬기
12 놓고 노코  좋던 조턴  쌓지 싸치  많고 만코  않던 안턴  닳지 달치  각하 가카  먹히다 머키다  밝히다 발키다  맏형 마텽
12 좁히다 조피다  넓히다 널피다  꽂히다 꼬치다  앉히다 안치다  숱하다 수타다  닿소 다쏘  많소 만쏘  싫소 실쏘
12 놓는 논는  쌓네 싼네  않네 안네  뚫네 뚤레  낳은 나은  놓아 노아  쌓이다 싸이다  많아 마나  않은 아는  닳아 다라
12 싫어도 시러도  좋다 조타  입학 이팍  좋아 조아  못하다 모타다  옷_한_벌 오_탄_벌  낮_한때 나_탄때
12 꽃_한_송이 꼬_탄_송이  깨끗하다 깨끄타다  축하 추카  어떻게 어떠케  전화 전화  결혼 결혼
13 깎아 까까  옷이 오시  있어 이써  낮이 나지  꽂아 꼬자  꽃을 꼬츨  쫓아 쪼차  밭에 바테  앞으로 아프로  덮이다 더피다
13 강아지 강아지
14 넋이 넉씨  앉아 안자  닭을 달글  젊어 절머  곬이 골씨  핥아 할타  읊어 을퍼  값을 갑쓸  없어 업써  값이 갑씨
14 흙이 흘기
15 밭_아래 바_다래  늪_앞 느_밥  맛없다 마덥따  겉옷 거돋  헛웃음 허두슴  꽃_위 꼬_뒤  넋_없다 너_겁따  닭_앞에 다_가페
15 값어치 가버치  값있는 가빈는  맛있다 마싣따  멋있다 머싣따  첫인상 처딘상  옷_안 오_단
16 디귿이 디그시  디귿을 디그슬  지읒이 지으시  치읓을 치으슬  키읔이 키으기  티읕이 티으시  피읖에 피으베
16 히읗을 히으슬
17 곧이듣다 고지듣따  굳이 구지  미닫이 미다지  땀받이 땀바지  밭이 바치  벼훑이 벼훌치  굳히다 구치다  닫히다 다치다
17 묻히다 무치다  같이 가치  해돋이 해도지  붙여 부처  끝이다 끄치다  닫혀 다처
18 먹는 멍는  국물 궁물  깎는 깡는  키읔만 키응만  몫몫이 몽목씨  긁는 긍는  흙만 흥만  닫는 단는  짓는 진는
18 옷맵시 온맵씨  있는 인는  맞는 만는  젖멍울 전멍울  쫓는 쫀는  꽃망울 꼰망울  붙는 분는  잡는 잠는  밥물 밤물
18 앞마당 암마당  읊는 음는  없는 엄는  책_넣는다 챙_넌는다  흙_말리다 흥_말리다  옷_맞추다 온_맏추다
18 밥_먹는다 밤_멍는다  값_매기다 감_매기다  합니다 함니다
19 담력 담녁  침략 침냑  강릉 강능  항로 항노  대통령 대통녕  막론 망논  협력 혐녁  십리 심니  독립 동닙  심리 심니
19 법률 범뉼
20 난로 날로  신라 실라  천리 철리  광한루 광할루  대관령 대괄령  칼날 칼랄  물난리 물랄리  줄넘기 줄럼끼
20 할는지 할른지  닳는 달른  핥네 할레  의견란 의견난  임진란 임진난  생산량 생산냥  결단력 결딴녁  공권력 공꿘녁
20 동원령 동원녕  상견례 상견녜  횡단로 횡단노  이원론 이원논  입원료 이붠뇨  구근류 구근뉴  연락 열락  설날 설랄
23 국밥 국빱  깎다 깍따  넋받이 넉빠지  삯돈 삭똔  닭장 닥짱  칡범 칙뻠  뻗대다 뻗때다  옷고름 옫꼬름  있던 읻떤
23 꽂고 꼳꼬  꽃다발 꼳따발  낯설다 낟썰다  밭갈이 받까리  솥전 솓쩐  곱돌 곱똘  덮개 덥깨  옆집 엽찝
23 읊조리다 읍쪼리다  값지다 갑찌다  학교 학꾜
24 신을_신고 시늘_신꼬  껴안다 껴안따  앉고 안꼬  얹다 언따  삼고 삼꼬  더듬지 더듬찌  닮고 담꼬  젊지 점찌
24 안기다 안기다  감기다 감기다  굶기다 굼기다  옮기다 옴기다  신을_신다 시늘_신따  감다 감따
25 넓게 널께  훑소 훌쏘  떫지 떨찌
26 갈등 갈뜽  발동 발똥  절도 절또  말살 말쌀  불소 불쏘  일시 일씨  갈증 갈쯩  물질 물찔  발전 발쩐  몰상식 몰쌍식
26 불세출 불쎄출  허허실실 허허실실  절절하다 절절하다  결과 결과  불법 불뻡  팔다리 팔다리  활동 활똥  결정 결쩡
26 실제 실쩨  출신 출씬  기술적 기술쩍
27 할_것을 할_꺼슬  갈_데가 갈_떼가  할_바를 할_빠를  할_수는 할_쑤는  할_적에 할_쩌게  갈_곳 갈_꼳  할_도리 할_또리
27 만날_사람 만날_싸람  할걸 할껄  할밖에 할빠께  할세라 할쎄라  할수록 할쑤록  할지라도 할찌라도  할지언정 할찌언정
27 할진대 할찐대  먹을게요 머글께요  알지 알지  살게 살게  갈게요 갈께요
28 문고리 문꼬리  눈동자 눈똥자  신바람 신빠람  산새 산쌔  손재주 손째주  길가 길까  물동이 물똥이  발바닥 발빠닥
28 굴속 굴쏙  술잔 술짠  바람결 바람껼  그믐달 그믐딸  아침밥 아침빱  강가 강까  초승달 초승딸  등불 등뿔  창살 창쌀
28 강줄기 강쭐기  물고기 물꼬기  밤길 밤낄  사건 사껀  조건 조껀  인기 인끼  문법 문뻡  한자 한짜  성격 성껵  물건 물건
28 방법 방법  가능성 가능썽  여성 여성  장점 장쩜  내과 내꽈
29 솜이불 솜니불  홑이불 혼니불  막일 망닐  삯일 상닐  맨입 맨닙  꽃잎 꼰닙  내복약 내봉냑  한여름 한녀름
29 남존여비 남존녀비  신여성 신녀성  색연필 생년필  직행열차 지캥녈차  늑막염 능망념  콩엿 콩녇  담요 담뇨
29 눈요기 눈뇨기  영업용 영엄뇽  식용유 시굥뉴  국민윤리 궁민뉼리  이죽이죽 이중니죽  야금야금 야금냐금  검열 검녈
29 금융 금늉  들일 들릴  솔잎 솔립  설익다 설릭따  물약 물략  불여우 불려우  서울역 서울력  물엿 물렫  휘발유 휘발류
29 유들유들 유들류들  한_일 한_닐  옷_입다 온_닙따  서른여섯 서른녀섣  먹은_엿 머근_녇  할_일 할_릴  잘_입다 잘_립따
29 스물여섯 스물려섣  먹을_엿 머글_렫  송별연 송벼련  등용문 등용문  한국인 한구긴  독일 도길  목요일 모교일  십육 심뉵
29 이십육만 이심늉만  강남역 강남녁  못_일어나 몬_니러나  옛날이야기 옌날리야기  한국_여자 한궁_녀자  집안일 지반닐
30 깃발 긷빨  햇살 핻쌀  고갯짓 고갣찓  콧날 콘날  아랫니 아랜니  뱃머리 밴머리  베갯잇 베갠닏  깻잎 깬닙
30 나뭇잎 나문닙  뒷윷 뒨뉻
"""


def examples() -> list[tuple[str, str, str]]:
    rows = []
    for line in RULES.strip().splitlines():
        article, _, pairs = line.partition(" ")
        for pair in pairs.split("  "):
            written, said = pair.replace("_", "\u00a0").split(" ")
            rows.append((article, written.replace("\u00a0", " "), said.replace("\u00a0", " ")))
    return rows


def read(text: str) -> tuple[KoreanWord, ...]:
    """The words of a text whose eojeols are parted by spaces."""
    stretches: list[Korean] = []
    for place, eojeol in enumerate(text.split(" ")):
        stretches += [Korean(" ", silent=True)] * bool(place) + [Korean(eojeol)] * bool(eojeol)
    return read_phrase(stretches)


def spoken(text: str) -> str:
    return " ".join(word.spoken for word in read(text) if word.syllables)


def phones(text: str) -> str:
    return " / ".join(" ".join(word.display()) for word in read(text) if word.syllables)


@pytest.mark.parametrize(("article", "written", "said"), examples())
def test_standard_pronunciation(article: str, written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("개와 게", "g e w a / g e"),
        ("외가 왜 웨딩", "w e g a / w e / w e d i ng"),
        ("의자 무늬", "eu i j a / m u n i"),
        ("라면을 달라", "r a m y eo n eu l / d a l l a"),
        ("옷 밖 손", "o T / pp a K / ss o n"),
        ("코끼리 빵 뜰 찌개 싸움", "k o kk i r i / pp a ng / tt eu l / jj i g e / ss a u m"),
    ],
)
def test_phones(written: str, said: str) -> None:
    assert phones(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("내 책을 읽어", "내 채글 일거"),  # a particle ends what is said in one go
        ("확인 기간", "화긴 기간"),  # no 인기 in it
        ("주가 되다", "주가 되다"),  # a noun and its particle
        ("신을 신고 갔다", "시늘 신꼬 갇따"),
        ("경찰에 신고했다", "경차레 신고핻따"),
        ("삶을 삶고", "살믈 삼꼬"),
        ("아이를 안고 너를 안다", "아이를 안꼬 너를 안다"),
        ("영수증과 학생증", "영수증과 학쌩쯩"),
        ("전체의 회의와 자유의 정의", "전체에 회이와 자유에 정이"),
        ("웃음을 동영상에", "우스믈 동영상에"),
        ("양동이와 물동이", "양동이와 물똥이"),
        ("열 개, 여덟 살".replace(",", ""), "열 깨 여덜 쌀"),
        ("칠십 번 팔십 번 일등", "칠씹 뻔 팔씹 뻔 일뜽"),
    ],
)
def test_the_same_letters_are_said_by_their_word(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ㅋㅋㅋ", "크크크"), ("ㅎㅎ", "흐흐"), ("ㅋ" * 50, "크크크크"), ("ㄱ", "기역"), ("ㄱ이", "기여기"),
        ("ㅏ", "아"),
        ("ㅠ는", "유는"), ("ㅇㅋ", "오케이"), ("진짜ㅋㅋ", "진짜크크"), ("ㄼ", "리을비읍"), ("슬퍼ㅠㅠ", "슬퍼"),
        ("슬퍼 ㅠ", "슬퍼"),
    ],
)  # fmt: skip
def test_letters_that_stand_alone(written: str, said: str) -> None:
    assert spoken(written) == said


def test_tears_are_a_word_without_syllables() -> None:
    assert [(word.text, bool(word.syllables)) for word in read("슬퍼ㅠㅠ")] == [("슬퍼", True), ("ㅠㅠ", False)]


def test_letters_that_make_up_a_block_are_one() -> None:
    apart = unicodedata.normalize("NFD", "값을 읽다")
    assert spoken(apart) == spoken("값을 읽다") == "갑쓸 익따"
    assert "".join(word.text for word in read(apart)) == apart


@pytest.mark.parametrize(
    ("text", "valid"), [("가치", True), ("강", True), ("", False), ("ㄱ", False), ("가a", False), ("가 치", False)]
)
def test_a_reading_is_whole_syllables(text: str, valid: bool) -> None:
    assert is_reading(text) is valid


BLOCKS = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
HANGUL = st.one_of(
    BLOCKS,
    st.characters(min_codepoint=0x3131, max_codepoint=0x318E),
    st.characters(min_codepoint=0x1100, max_codepoint=0x11FF),
)
COMMON = st.sampled_from("갈 곳 꽃 잎 읽 고 밟 다 값 이 의 일 십 육 여섯 열 하 할 수 못 ㅋㅋ ㅠ 안 신 을 는".split())
SILENT = st.sampled_from([" ", "'", "”", "\u00a0"])
PLAIN = st.one_of(st.text(HANGUL, min_size=1, max_size=8), st.lists(COMMON, min_size=1, max_size=8).map("".join))
STRETCH = st.one_of(
    st.builds(Korean, PLAIN),
    st.builds(Korean, SILENT, silent=st.just(True)),
    st.builds(Korean, PLAIN, st.text(BLOCKS, min_size=1, max_size=6)),
)


@quick
@example([Korean("\u1100"), Korean("ㅤ"), Korean("ᇰ"), Korean("가\u11a8")])
@example([Korean("a1,한")])
@given(st.lists(STRETCH, max_size=8))
def test_any_hangul_is_read_and_kept(stretches: list[Korean]) -> None:
    words = read_phrase(stretches)
    assert "".join(word.text for word in words) == "".join(stretch.text for stretch in stretches)
    for word in words:
        assert len(word.spoken) == len(word.syllables)
        assert set(word.display()) <= set(SYMBOLS["ko"])
        assert "" not in word.text.split(" ") or not word.syllables


@quick
@given(PLAIN, PLAIN, st.text(BLOCKS, min_size=1, max_size=6), PLAIN)
def test_a_written_reading_is_said_letter_for_letter(before: str, text: str, reading: str, after: str) -> None:
    alone = read_phrase([Korean(text, reading)])[0]
    assert alone.text == text
    around = read_phrase([Korean(before), Korean(text, reading), Korean(after)])
    assert any(reading_in(word, alone) for word in around)


def reading_in(word: KoreanWord, alone: KoreanWord) -> bool:
    size = len(alone.syllables)
    places = range(len(word.syllables) - size + 1)
    return any(word.syllables[place : place + size] == alone.syllables for place in places)


def test_a_written_reading_undergoes_no_rule() -> None:
    word = read_phrase([Korean("독립", "독립"), Korean("을")])[0]
    assert word.syllables == (("d", "o", "K"), ("r", "i", "P"), ("eu", "l"))


@quick
@given(st.text(BLOCKS, min_size=1, max_size=12))
def test_reading_what_is_said_letter_for_letter_gives_the_same_phones(text: str) -> None:
    word = read_phrase([Korean(text)])[0]
    assert read_phrase([Korean(text, word.spoken)])[0].syllables == word.syllables


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "영"), ("10", "십"), ("15", "십오"), ("110", "백십"), ("1000", "천"), ("10000", "만"), ("11000", "만 천"),
        ("110000", "십일만"), ("100000000", "일억"), ("1,234,567", "백이십삼만 사천오백육십칠"),
        ("1000000000000", "일조"),
        ("3.05", "삼 점 영오"), ("007", "공공칠"), ("1" * 25, "일" * 25),
    ],
)  # fmt: skip
def test_chinese_numbers(number: str, said: str) -> None:
    assert sino(number) == said


def test_korean_numbers() -> None:
    first = "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한".split()
    assert [counted(str(number)) for number in range(1, 12)] == first
    assert [counted(number) for number in ("20", "21", "35", "99", "101", "120", "1000")] == [
        "스무", "스물한", "서른다섯", "아흔아홉", "백한", "백이십", "천",
    ]  # fmt: skip
    assert figures("010") == "공일공"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # counters
        ("5명이", "다섯 명이"), ("12시간", "열두 시간"), ("24시간", "이십사 시간"), ("2달", "두 달"),
        ("2개월", "이 개월"),
        ("3권", "세 권"), ("책 20권", "책 스무 권"), ("1위", "일 위"), ("2등", "이 등"), ("10살", "열 살"),
        ("10세", "십 세"),
        ("손님 3분", "손님 세 분"), ("3분", "삼 분"), ("3주", "삼 주"), ("7일간", "칠 일간"), ("2배", "두 배"),
        ("1.5배", "일 점 오 배"),
        ("차 20대", "차 스무 대"), ("3번 버스", "삼 번 버스"), ("3412번 버스", "삼사일이 번 버스"), ("0개", "영 개"),
        ("3째", "셋째"),
        ("2호선 3번 출구", "이 호선 삼 번 출구"), ("101동 1203호", "백일 동 천이백삼 호"), ("50번", "쉰 번"),
        ("2박 3일", "이 박 삼 일"),
        # numbers with particles
        ("3을 2로", "삼을 이로"), ("2024에서", "이천이십사에서"), ("1과 2", "일과 이"), ("제1이", "제일이"),
        # great numbers
        ("3만5천원", "삼만 오천 원"), ("1만 원", "만 원"), ("5천 명", "오천 명"), ("3.5만", "삼 점 오만"),
        ("100만여 명", "백만여 명"),
        # dates and times
        ("2024.5.6.", "이천이십사 년 오월 육 일"), ("2024. 5. 6", "이천이십사 년 오월 육 일"),
        ("2024/12/25", "이천이십사 년 십이월 이십오 일"),
        ("5~6월", "오월에서 유월"), ("12/25(수)", "십이월 이십오 일(수)"), ("오후 3:05", "오후 세 시 오 분"),
        ("3:30 PM", "오후 세 시 삼십 분"),
        ("12:30:45", "열두 시 삼십 분 사십오 초"), ("9:00~18:00", "아홉 시에서 십팔 시"), ("3시 반", "세 시 반"),
        ("0시", "영 시"),
        ("'98년", "구십팔 년"),
        # money and units
        ("€20", "이십 유로"), ("£5", "오 파운드"), ("¥1,000", "천 엔"), ("$5만", "오만 달러"),
        ("-$5", "마이너스 오 달러"), ("100USD", "백 달러"),
        ("20m²", "이십 제곱미터"), ("16GB", "십육 기가바이트"), ("1.5L", "일 점 오 리터"), ("25°C", "섭씨 이십오 도"),
        ("-5도", "영하 오 도"),
        ("5m/s", "초속 오 미터"), ("3.5%p", "삼 점 오 퍼센트포인트"), ("5~10km", "오에서 십 킬로미터"),
        # figures
        ("02-123-4567", "공이, 일이삼, 사오육칠"), ("+82-10-1234-5678", "플러스 팔이, 일공, 일이삼사, 오육칠팔"),
        ("비밀번호 1234", "비밀번호 일이삼사"),
        ("900101-1234567", "구공공일공일, 일이삼사오육칠"), ("123가4567", "일이삼가 사오육칠"), ("5·18", "오일팔"),
        ("8.15 광복절", "팔일오 광복절"),
        ("12·12", "십이십이"), ("코로나19", "코로나일구"), ("123-45번지", "백이십삼 다시 사십오 번지"),
        # sums, scores, versions
        ("3×4=12", "삼 곱하기 사는 십이"), ("10-4=6", "십 빼기 사는 육"), ("8÷2", "팔 나누기 이"),
        ("2-1 승리", "이 대 일 승리"), ("3.11.2", "삼 점 십일 점 이"),
        ("16:9", "십육 대 구"), ("5^2", "오의 제곱"),
        ("x² + y² = 1", "x 제곱 더하기 y 제곱은 일"), ("3 < 5", "삼은 오보다 작다"),
        # letters
        ("BTS는", "비티에스는"), ("R&D", "알앤디"), ("NASA에서", "나사에서"), ("GPT-4", "지피티 포"),
        ("MP3", "엠피쓰리"), ("S24", "에스 이십사"),
        ("비타민 C", "비타민 씨"), ("제II장", "제이장"), ("Hello", "Hello"), ("T셔츠", "티셔츠"), ("PC방", "피씨방"),
        # addresses
        ("test1@example.com", "test 일 골뱅이 example 닷컴"), ("www.naver.com", "더블유더블유더블유 점 naver 닷컴"),
        ("https://github.com/a-b", "github 닷컴 슬래시 a 하이픈 b"),
        ("www.go.kr", "더블유더블유더블유 닷지오 닷케이알"),
        # nothing to do
        ("안녕하세요.", "안녕하세요."), ("그래~", "그래~"),
    ],
)  # fmt: skip
def test_normalising(text: str, said: str) -> None:
    assert normalize(text) == said


BITS = st.sampled_from(
    "3 12 0.5 1,250 2024 2024.5.6 3:30 3:2 50% -3 ℃ °C 1/2 ~ - + = × 010-1234-5678 시 분 년 월 일 개 명 번 원 만 억 제 "
    "$ ₩ € km kg m² "
    "KBS AI V2 IV e-mail a@b.com www.a.kr 은 는 이 가 을 째 번째 대 가 () ' . , : ; / # & @ % ^ < > π ² ½".split()
)


@quick
@example("1" * 60)
@example("٣")
@given(
    st.one_of(st.lists(BITS, max_size=10).map("".join), st.lists(BITS, max_size=10).map(" ".join), st.text(max_size=40))
)
def test_normalised_text_has_no_figures_and_stays_as_it_is(text: str) -> None:
    said = normalize(text)
    assert not re.search("[0-9]", said)
    assert normalize(said) == said


@quick
@given(st.text(st.one_of(BLOCKS, st.sampled_from(" .,?!…'")), max_size=40))
def test_plain_hangul_is_left_alone(text: str) -> None:
    assert normalize(text) == re.sub(" +", " ", text)
