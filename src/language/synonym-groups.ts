/**
 * Answers that mean the same in visual question answering, gathered over the ten tasks of MM-SY. Ours; extended whenever a
 * source shows a pair that could have stood against each other. One group a line; a term may stand in several.
 */
export const synonymGroups: readonly (readonly string[])[] = `
yes / yeah / yep / true / correct / affirmative
no / nope / nah / false / negative / not
0 / none / no one / nobody / nothing / not any
1 / single / only one / just one
2 / pair / couple / both
12 / dozen
unknown / unsure / not sure / unclear / cannot tell / can't tell / unable to tell
gray / silver gray / grayish / slate
purple / violet / lavender / lilac
blond / blonde
gold / golden
tan / beige / khaki / cream brown
white / off-white / ivory
navy / navy blue / dark blue
teal / turquoise / aqua / cyan
maroon / burgundy / dark red / wine
multicolored / multi / multi-colored / colorful / many / rainbow / several / various
black and white / white and black / monochrome
transparent / clear / see-through
wood / wooden / timber
metal / metallic
steel / stainless steel
stone / rock / rocks / rocky
brick / bricks
glass / made of glass
plastic / made of plastic
leather / leathery
paper / papers
cloth / fabric / textile
tile / tiled / tiles
concrete / cement
marble / made of marble
striped / stripes / stripe
plaid / checkered / checked / checkerboard / tartan
polka dot / polka dots / dotted / spotted / dots / spots
floral / flowered / flowers / flowery
plain / solid / no pattern
round / circle / circular
square / squared
rectangle / rectangular / oblong
triangle / triangular
oval / elliptical / ellipse
curved / curvy / bent
big / large / huge
small / little / tiny
tall / high
short / low
old / aged / elderly / ancient / vintage / antique
young / youthful
new / modern
open / opened
closed / shut
on / lit / turned on
off / unlit / turned off / not lit
wet / damp
dry / arid
sunny / bright / clear / fair
cloudy / overcast / clouds
rainy / raining / rain
snowy / snowing / snow / snow-covered
foggy / fog / misty / mist / hazy
windy / breezy
bare / leafless / naked
fluffy / furry / fuzzy / shaggy
smooth / even
spiky / spiked / prickly / thorny
happy / smiling / glad / cheerful
sad / unhappy
empty / vacant
full / filled
messy / untidy / cluttered
sofa / couch / loveseat / settee
photo / photograph / picture / image / snapshot
car / automobile / auto / sedan
airplane / plane / aircraft / jet / airliner / aeroplane
bike / bicycle / cycle
motorcycle / motorbike / motor bike
train / locomotive
subway / metro / underground
truck / lorry
bus / coach
taxi / cab
van / minivan
boat / ship / vessel
sailboat / sailing boat / yacht
tv / television / tv set / telly
cellphone / cell phone / phone / mobile phone / telephone / smartphone / mobile / cell
laptop / laptop computer / notebook computer
computer / pc
monitor / screen / display
keyboard / computer keyboard
remote / remote control / controller
fridge / refrigerator
oven / stove / cooker / range
trash can / garbage can / bin / dustbin / trash bin / garbage bin / wastebasket
toilet / commode / lavatory
bathroom / restroom / washroom / toilet room
faucet / tap
closet / wardrobe / cupboard / cabinet
dresser / chest of drawers
rug / carpet / mat
curtain / drape / drapes
pillow / cushion
blanket / comforter / quilt / bedspread
lamp / light / lights / lighting
street light / streetlight / street lamp / lamppost / lamp post
traffic light / stoplight / stop light / traffic signal
glasses / eyeglasses / spectacles
sunglasses / shades
handbag / purse
backpack / rucksack / bookbag / knapsack
suitcase / luggage / baggage
hat / headwear
tie / necktie
pants / trousers / slacks
jeans / denim / blue jeans
shoes / sneakers / trainers / tennis shoes
sweater / jumper / pullover
tshirt / t shirt / tee
scarf / shawl
umbrella / parasol
cup / mug
pan / frying pan / skillet
knife / knives
donut / doughnut
hamburger / burger / cheeseburger
hot dog / hotdog / frankfurter
french fries / fries / chips
soda / pop / soft drink / coke / cola
cookie / biscuit
veggie / vegetable
zucchini / courgette
candy / sweets
ketchup / catsup
kid / child / youngster
boy / young boy / little boy
girl / young girl / little girl
woman / lady / female / women
man / guy / gentleman / male / men
person / human / people / individual
baby / infant / newborn
police officer / policeman / cop / police
fireman / firefighter
player / athlete
dog / canine / hound
puppy / pup
cat / feline
kitten / kitty
horse / stallion / mare
cow / cattle / cows
pig / hog / swine
donkey / ass
rabbit / bunny / hare
mouse / mice
bug / insect
bee / honey bee / honeybee / bumblebee / bumble bee
hawk / falcon / raptor
osprey / fish hawk
meerkat / suricate
teddy bear / stuffed bear / teddy / stuffed animal
tree / trees
bush / shrub
grass / lawn / turf
flower / blossom / bloom
plant / houseplant / potted plant
forest / woods / woodland / wood
meadow / field / grassland / pasture / grassy field / prairie
farm / farmland / ranch
hill / hillside
mountain / mountains / mountainside / mountain range
desert / sand dunes
ocean / sea
beach / seaside / shore / coast / seashore / shoreline
river / stream / creek / brook
lake / pond
underwater / under water / under the sea
sidewalk / pavement / footpath
road / street / roadway
path / trail / pathway
city / town / urban / downtown
countryside / rural / country
outdoors / outside / outdoor / open air
indoors / inside / indoor
airport / airfield / runway / tarmac
train station / railway station / station
harbor / port / dock / marina / pier
shop / store
restaurant / diner / cafe
market / marketplace / bazaar
pool hall / billiard hall / billiard room
living room / lounge / sitting room
bedroom / bed room
garden / yard / backyard
patio / terrace / deck
house / home
building / structure
church / cathedral / chapel
barn / stable / shed
tower / spire
statue / sculpture / figurine
launch pad / launchpad / launch site
skatepark / skate park
baseball field / ball field / baseball stadium / ballpark / baseball diamond
tennis court / court
night / nighttime / night time / at night
day / daytime / day time / daylight
morning / dawn / sunrise / early morning
dusk / evening / sunset / twilight / sundown
afternoon / midday / noon
autumn / fall
winter / wintertime
summer / summertime
spring / springtime
soccer / football / association football
baseball / softball
tennis / lawn tennis
table tennis / ping pong
billiards / pool / snooker
cue / pool cue / cue stick / billiard cue
ball / billiard ball / cue ball
pool table / billiard table / table
surfing / surf / riding a wave / riding waves
skiing / ski / downhill skiing
snowboarding / snowboard
skateboarding / skateboard / skate boarding / skating
basketball / hoops
volleyball / beach volleyball
frisbee / ultimate frisbee / disc / flying disc
bowling / ten pin bowling
swimming / swim
running / jogging / run / jog
horse riding / horseback riding / riding a horse / equestrian
cycling / biking / bicycling / riding a bike / riding a bicycle
boxing / box
hockey / ice hockey
sailing / boating
hiking / trekking
walking / strolling / walk
standing / stand / standing up / standing still
sitting / sit / seated / sitting down
lying down / laying / lying / laying down / reclining
sleeping / asleep / sleep / napping / snoozing
eating / feeding / dining / having a meal / eat
grazing / eating grass
drinking / drink / sipping
talking / speaking / chatting / conversing / having a conversation
on the phone / talking on the phone / phoning
taking a photo / taking photos / taking pictures / photographing / taking a picture / photography / taking photographs / shooting photos
typing / type / using a keyboard / keying / typewriting / writing letters
reading / read
writing / write
cooking / preparing food / making food / cook
looking / watching / staring / gazing / viewing
looking at the camera / facing the camera / posing / staring at the camera
flying / in flight / fly / soaring / air travel
jumping / leaping / jump / hopping
climbing / climb / climbing up
perching / perched / perch
splashing water / splashing / throwing water
aiming a cue / aiming / lining up a shot / aiming the cue / shooting pool
playing billiards / playing pool / shooting pool
playing music / making music / playing an instrument
telling time / telling the time / showing the time / keeping time / timekeeping
sitting on / for sitting / to sit on
driving / drive
riding / ride
crossing the river / crossing a river / crossing water / crossing over water / crossing
climbing stairs / going up stairs / going upstairs / walking up stairs
lighting the room / giving light / illumination / lighting / illuminating / giving off light
painting / paint / applying paint
carrying passengers / transporting people / transportation / carrying people / passenger transport
traveling to space / space travel / flying to space / going to space / space flight / launching into space
seasoning food / flavoring food / seasoning / flavoring
keeping the head covered / covering the head / protecting the head
stirring or serving food / stirring / serving food / stirring food
cutting / slicing / chopping
cleaning / washing / wash
storage / storing things / storing
keeping food cold / cooling food / cooling / refrigeration
holding food / serving
left / on the left / to the left / left side / on the left side / left-hand side / leftmost
right / on the right / to the right / right side / on the right side / right-hand side / rightmost
center / middle / in the center / in the middle / centre / at the center
top / at the top / upper / above / up / on top / on top of / over
bottom / at the bottom / lower / down
background / in the background / behind / in back / back / in the back / in the distance
foreground / in the foreground / in front / front / in front of / up front
under / underneath / below / beneath / at the bottom of
next to / beside / alongside / by / near / close to / adjacent to
far / far away / distant
`
	.trim()
	.split("\n")
	.map((line) => line.split(" / "));
