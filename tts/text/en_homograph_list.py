"""English words that are spelled alike and said differently, with their readings."""

from typing import Final

#: Word, its reading as a noun or adjective, and as a verb.
_PAIRS: Final = """
abstract | AE1 B S T R AE2 K T | AE0 B S T R AE1 K T
absent | AE1 B S AH0 N T | AH0 B S EH1 N T
abuse | AH0 B Y UW1 S | AH0 B Y UW1 Z
addict | AE1 D IH2 K T | AH0 D IH1 K T
address | AE1 D R EH2 S | AH0 D R EH1 S
affix | AE1 F IH0 K S | AH0 F IH1 K S
ally | AE1 L AY0 | AH0 L AY1
annex | AE1 N EH2 K S | AH0 N EH1 K S
attribute | AE1 T R AH0 B Y UW2 T | AH0 T R IH1 B Y UW0 T
close | K L OW1 S | K L OW1 Z
combine | K AA1 M B AY0 N | K AH0 M B AY1 N
commune | K AA1 M Y UW0 N | K AH0 M Y UW1 N
compact | K AA1 M P AE0 K T | K AH0 M P AE1 K T
compound | K AA1 M P AW0 N D | K AH0 M P AW1 N D
compress | K AA1 M P R EH0 S | K AH0 M P R EH1 S
conduct | K AA1 N D AH0 K T | K AH0 N D AH1 K T
conflict | K AA1 N F L IH0 K T | K AH0 N F L IH1 K T
console | K AA1 N S OW0 L | K AH0 N S OW1 L
construct | K AA1 N S T R AH0 K T | K AH0 N S T R AH1 K T
contest | K AA1 N T EH0 S T | K AH0 N T EH1 S T
contract | K AA1 N T R AE2 K T | K AH0 N T R AE1 K T
contrast | K AA1 N T R AE0 S T | K AH0 N T R AE1 S T
converse | K AA1 N V ER0 S | K AH0 N V ER1 S
convert | K AA1 N V ER0 T | K AH0 N V ER1 T
convict | K AA1 N V IH0 K T | K AH0 N V IH1 K T
decrease | D IY1 K R IY2 S | D IH0 K R IY1 S
defect | D IY1 F EH0 K T | D IH0 F EH1 K T
desert | D EH1 Z ER0 T | D IH0 Z ER1 T
diffuse | D IH0 F Y UW1 S | D IH0 F Y UW1 Z
digest | D AY1 JH EH0 S T | D AY0 JH EH1 S T
discharge | D IH1 S CH AA2 R JH | D IH0 S CH AA1 R JH
discount | D IH1 S K AW0 N T | D IH0 S K AW1 N T
escort | EH1 S K AO0 R T | EH0 S K AO1 R T
excuse | IH0 K S K Y UW1 S | IH0 K S K Y UW1 Z
exploit | EH1 K S P L OY2 T | EH2 K S P L OY1 T
export | EH1 K S P AO0 R T | IH0 K S P AO1 R T
extract | EH1 K S T R AE2 K T | IH0 K S T R AE1 K T
ferment | F ER1 M EH0 N T | F ER0 M EH1 N T
fragment | F R AE1 G M AH0 N T | F R AE0 G M EH1 N T
frequent | F R IY1 K W AH0 N T | F R IY0 K W EH1 N T
house | HH AW1 S | HH AW1 Z
impact | IH1 M P AE0 K T | IH2 M P AE1 K T
implant | IH1 M P L AE2 N T | IH2 M P L AE1 N T
import | IH1 M P AO2 R T | IH2 M P AO1 R T
imprint | IH1 M P R IH0 N T | IH2 M P R IH1 N T
incense | IH1 N S EH2 N S | IH2 N S EH1 N S
incline | IH1 N K L AY0 N | IH2 N K L AY1 N
increase | IH1 N K R IY2 S | IH2 N K R IY1 S
insert | IH1 N S ER2 T | IH2 N S ER1 T
insult | IH1 N S AH2 L T | IH2 N S AH1 L T
intrigue | IH1 N T R IY0 G | IH2 N T R IY1 G
object | AA1 B JH EH0 K T | AH0 B JH EH1 K T
offset | AO1 F S EH2 T | AO0 F S EH1 T
perfect | P ER1 F IH0 K T | P ER0 F EH1 K T
permit | P ER1 M IH2 T | P ER0 M IH1 T
pervert | P ER1 V ER0 T | P ER0 V ER1 T
present | P R EH1 Z AH0 N T | P R IY0 Z EH1 N T
produce | P R OW1 D UW0 S | P R AH0 D UW1 S
progress | P R AA1 G R EH2 S | P R AH0 G R EH1 S
project | P R AA1 JH EH0 K T | P R AH0 JH EH1 K T
protest | P R OW1 T EH2 S T | P R AH0 T EH1 S T
rebel | R EH1 B AH0 L | R IH0 B EH1 L
recall | R IY1 K AO2 L | R IH0 K AO1 L
recap | R IY1 K AE2 P | R IH0 K AE1 P
record | R EH1 K ER0 D | R IH0 K AO1 R D
recount | R IY1 K AW2 N T | R IH0 K AW1 N T
refill | R IY1 F IH0 L | R IY0 F IH1 L
refund | R IY1 F AH2 N D | R IH0 F AH1 N D
refuse | R EH1 F Y UW2 Z | R IH0 F Y UW1 Z
reject | R IY1 JH EH0 K T | R IH0 JH EH1 K T
retake | R IY1 T EY1 K | R IY0 T EY1 K
segment | S EH1 G M AH0 N T | S EH2 G M EH1 N T
subject | S AH1 B JH EH0 K T | S AH0 B JH EH1 K T
survey | S ER1 V EY2 | S ER0 V EY1
suspect | S AH1 S P EH2 K T | S AH0 S P EH1 K T
torment | T AO1 R M EH2 N T | T AO0 R M EH1 N T
transfer | T R AE1 N S F ER0 | T R AE0 N S F ER1
transplant | T R AE1 N S P L AE2 N T | T R AE0 N S P L AE1 N T
transport | T R AE1 N S P AO0 R T | T R AE0 N S P AO1 R T
update | AH1 P D EY2 T | AH0 P D EY1 T
upgrade | AH1 P G R EY2 D | AH0 P G R EY1 D
use | Y UW1 S | Y UW1 Z
"""
#: Stems that end in AH0 T as a noun or adjective and in EY2 T as a verb.
_ATE: Final = """
advocate | AE1 D V AH0 K
affiliate | AH0 F IH1 L IY0
aggregate | AE1 G R AH0 G
alternate | AO1 L T ER0 N
animate | AE1 N AH0 M
appropriate | AH0 P R OW1 P R IY0
approximate | AH0 P R AA1 K S AH0 M
articulate | AA0 R T IH1 K Y AH0 L
associate | AH0 S OW1 S IY0
coordinate | K OW0 AO1 R D AH0 N
degenerate | D IH0 JH EH1 N ER0
delegate | D EH1 L AH0 G
deliberate | D IH0 L IH1 B ER0
designate | D EH1 Z IH0 G N
duplicate | D UW1 P L AH0 K
elaborate | IH0 L AE1 B R
estimate | EH1 S T AH0 M
graduate | G R AE1 JH AH0 W
intimate | IH1 N T AH0 M
initiate | IH2 N IH1 SH IY0
legitimate | L AH0 JH IH1 T AH0 M
moderate | M AA1 D ER0
predicate | P R EH1 D IH0 K
separate | S EH1 P R
subordinate | S AH0 B AO1 R D AH0 N
syndicate | S IH1 N D AH0 K
"""
#: What only the words around can decide, each with the names of its readings.
_SINGLE: Final = """
read | present R IY1 D | past R EH1 D
lead | guide L IY1 D | metal L EH1 D
live | verb L IH1 V | adjective L AY1 V
lives | noun L AY1 V Z | verb L IH1 V Z
wind | air W IH1 N D | turn W AY1 N D
winds | air W IH1 N D Z | turn W AY1 N D Z
tear | eye T IH1 R | rip T EH1 R
tears | eye T IH1 R Z | rip T EH1 R Z
bow | arrow B OW1 | bend B AW1
bows | arrow B OW1 Z | bend B AW1 Z
minute | time M IH1 N AH0 T | small M AY0 N UW1 T
content | matter K AA1 N T EH0 N T | glad K AH0 N T EH1 N T
invalid | void IH2 N V AE1 L AH0 D | person IH1 N V AH0 L AH0 D
dove | bird D AH1 V | dive D OW1 V
sow | seed S OW1 | pig S AW1
bass | music B EY1 S | fish B AE1 S
wound | hurt W UW1 N D | turned W AW1 N D
row | line R OW1 | fight R AW1
does | do D AH1 Z | deer D OW1 Z
polish | shine P AA1 L IH0 SH | nation P OW1 L IH0 SH
resume | verb R IH0 Z UW1 M | paper R EH1 Z AH0 M EY2
sewer | drain S UW1 ER0 | person S OW1 ER0
moped | bike M OW1 P EH2 D | sulked M OW1 P T
learned | verb L ER1 N D | adjective L ER1 N AH0 D
blessed | verb B L EH1 S T | adjective B L EH1 S AH0 D
aged | years EY1 JH D | old EY1 JH AH0 D
used | verb Y UW1 Z D | habit Y UW1 S T
sake | cause S EY1 K | drink S AA1 K IY0
buffet | meal B AH0 F EY1 | blow B AH1 F AH0 T
august | month AO1 G AH0 S T | grand AO0 G AH1 S T
reading | act R IY1 D IH0 NG | town R EH1 D IH0 NG
nice | kind N AY1 S | town N IY1 S
putting | put P UH1 T IH0 NG | golf P AH1 T IH0 NG
axes | axe AE1 K S AH0 Z | axis AE1 K S IY2 Z
mouth | noun M AW1 TH | verb M AW1 DH
"""

Phones = tuple[str, ...]


def _pairs() -> dict[str, tuple[Phones, Phones]]:
    table = {}
    for row in _PAIRS.strip().splitlines():
        word, noun, verb = (part.strip() for part in row.split("|"))
        table[word] = (tuple(noun.split()), tuple(verb.split()))
    for row in _ATE.strip().splitlines():
        word, stem = (part.strip() for part in row.split("|"))
        table[word] = ((*stem.split(), "AH0", "T"), (*stem.split(), "EY2", "T"))
    table["elaborate"] = (table["elaborate"][0], tuple("IH0 L AE1 B ER0 EY2 T".split()))
    table["separate"] = (table["separate"][0], tuple("S EH1 P ER0 EY2 T".split()))
    return table


def _single() -> dict[str, dict[str, Phones]]:
    table = {}
    for row in _SINGLE.strip().splitlines():
        word, *readings = (part.strip() for part in row.split("|"))
        table[word] = {name: tuple(phones) for name, *phones in map(str.split, readings)}
    return table


#: Word -> its reading as a noun or adjective, and as a verb.
PAIRS: Final = _pairs()
#: Word -> the name of each reading, and the reading; the first stands where nothing decides.
SINGLE: Final = _single()
