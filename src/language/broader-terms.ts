/**
 * A broader answer, and narrower ones that it is also true of: the two may not stand against each other, though two narrower
 * ones may ("dog" against "cat", but not "animal" against "dog"). Written `broader: narrower / narrower`.
 */
export const broaderTerms: ReadonlyMap<string, readonly string[]> = new Map(
	`
animal: dog / puppy / cat / kitten / horse / cow / sheep / goat / pig / rabbit / squirrel / bird / penguin / swan / duck / meerkat / osprey / chameleon / bee / lizard / bear / elephant / giraffe / zebra / lion / tiger / monkey / fish / donkey / deer / fox / wolf / mouse / coral / bug / butterfly
mammal: dog / cat / horse / cow / sheep / rabbit / squirrel / meerkat / elephant / giraffe / zebra / bear / goat / pig / monkey
pet: dog / cat / puppy / kitten / rabbit
livestock: sheep / cow / goat / pig / horse
bird: penguin / swan / osprey / duck / goose / eagle / hawk / owl / parrot / pigeon / seagull / gull / chicken / rooster / turkey / crow / sparrow / robin / flamingo / peacock / cygnet
reptile: chameleon / lizard / snake / turtle / crocodile
lizard: chameleon / gecko / iguana
insect: bee / butterfly / ant / fly / beetle / dragonfly / moth / wasp
hawk: osprey / eagle
eagle: osprey
dog: puppy / poodle / labrador / retriever / golden retriever / terrier / husky / bulldog / beagle / dachshund / pug / shepherd / german shepherd / collie / corgi / chihuahua
cat: kitten / siamese / tabby / persian
horse: pony / foal / colt
sheep: lamb / ram / ewe
cow: calf / bull / ox
bear: polar bear / brown bear / black bear / grizzly
flower: rose / daisy / tulip / dahlia / orchid / sunflower / lily / dandelion / aster / poppy / carnation / lavender / violet
plant: flower / tree / grass / bush / cactus / fern / vine / rose / daisy / moss / leaf
tree: palm / palm tree / oak / pine / pine tree / maple / birch / fir / willow
fruit: apple / banana / orange / lemon / lime / grape / fig / pear / peach / strawberry / kiwi / mango / pineapple / watermelon / citrus / berry / grapefruit / tomato
citrus: orange / lemon / lime / grapefruit
vegetable: carrot / broccoli / tomato / lettuce / onion / potato / pepper / cucumber / cabbage / corn / spinach
food: pizza / sandwich / hamburger / hot dog / cake / bread / fruit / vegetable / meat / salad / soup / pasta / rice / donut / cookie / chicken / fish / egg / cheese / fig / apple / banana
dessert: cake / donut / pie / ice cream / cookie
drink: water / coffee / tea / juice / beer / wine / soda / milk
alcohol: beer / wine / whiskey
vehicle: car / truck / bus / van / motorcycle / bike / train / airplane / boat / taxi / helicopter / rocket / tractor / scooter / suv / tram / biplane
transportation: car / truck / bus / train / airplane / boat / bike / motorcycle / riding / driving / carrying passengers / flying
car: taxi / suv / convertible / jeep / minivan / van
truck: pickup / pickup truck / fire truck / dump truck
airplane: biplane / jet / jumbo jet / propeller plane / fighter jet / glider
boat: sailboat / canoe / kayak / rowboat / ferry / speedboat / barge / yacht
furniture: chair / table / sofa / bed / desk / bench / stool / dresser / shelf
chair: armchair / rocking chair / stool / recliner
table: desk / coffee table / dining table / pool table / nightstand
clothing: shirt / pants / dress / jacket / coat / hat / shoes / skirt / suit / sweater / jeans / tie / tshirt / shorts / scarf
shirt: tshirt / polo / blouse
jacket: coat / blazer / suit
hat: cap / baseball cap / helmet / beanie / cowboy hat / party hat / sun hat / straw hat
tool: hammer / knife / screwdriver / brush / paint brush / scissors / saw
brush: paint brush / toothbrush / hairbrush
utensil: fork / knife / spoon / chopsticks
dish: bowl / cup
appliance: oven / fridge / microwave / toaster / dishwasher
electronics: computer / laptop / cellphone / tv / camera / monitor / circuit board
computer: laptop / tablet / desktop
instrument: guitar / piano / drum / violin / trumpet
drum: bongo / djembe / snare
person: man / woman / boy / girl / child / baby / player / skier / surfer / chef / tourist / photographer / police officer
child: boy / girl / toddler / baby
man: boy / father / groom
woman: girl / mother / bride
building: house / church / tower / skyscraper / barn / castle / pagoda / temple / hotel / museum / office / office building / school / store / colosseum / airport
tower: clock tower / pagoda / skyscraper / lighthouse
house: cottage / cabin / hut / mansion
temple: pagoda / shrine
bridge: suspension bridge / drawbridge / footbridge
clock: watch / wall clock / alarm clock
light: lamp / lantern / candle / street light / chandelier
container: bottle / box / bowl / cup / basket / vase / jar / bag / bucket
bag: handbag / backpack / suitcase / shopping bag
room: living room / bedroom / kitchen / bathroom / dining room / office / classroom
indoors: living room / bedroom / kitchen / bathroom / dining room / office / classroom / museum / pool hall / restaurant / store / hotel / gym / library / room / bar / church / house / hallway
outdoors: forest / meadow / desert / mountain / city / street / city street / river / lake / beach / ocean / airport / garden / patio / farm / underwater / launch pad / park / countryside / jungle / snow / field / market / zoo / yard / hill / road / sidewalk / harbor / parking lot / playground / coast / valley / stadium / skatepark
city: street / city street / road / skyline / sidewalk / intersection / square
street: city street / highway / alley / intersection / crosswalk
park: garden / meadow / forest / playground / grass
forest: jungle / rainforest / trees
meadow: grass / hill / farm
garden: yard / patio
farm: field / meadow / barn / plantation / tea plantation
countryside: farm / meadow / field / hill / plantation
mountain: hill / valley / cliff / snow
nature: forest / meadow / mountain / river / lake / desert / beach / ocean
water: ocean / river / lake / pool / sea / pond / underwater / beach
ocean: beach / coast / underwater / coral reef
underwater: coral reef / reef / aquarium
harbor: river / lake / ocean / beach
pool hall: bar / pub / club / game room
museum: gallery / hall
winter: snow / snowy / cold
night: dark
day: morning / afternoon
dark: night / dusk
snow: mountain / ski slope / slope
sport: tennis / soccer / baseball / basketball / skiing / surfing / skateboarding / hockey / golf / volleyball / cricket / rugby / billiards / swimming / snowboarding / frisbee
game: billiards / chess / cards / table tennis / tennis / soccer / baseball / frisbee
winter sport: skiing / snowboarding / hockey / ice skating
water sport: surfing / swimming / sailing / kayaking / windsurfing / kitesurfing / water skiing / diving
surfing: windsurfing / kitesurfing / bodyboarding
racket: tennis racket / badminton racket
playing: playing tennis / playing soccer / playing baseball / playing frisbee / playing billiards / playing music / tennis / frisbee / splashing water
looking: looking at the camera / reading / aiming a cue
moving: walking / running / flying / swimming / driving / jumping / climbing
exercising: running / walking / cycling / swimming
walking: hiking / running
climbing: hiking / climbing stairs / walking up
walking: climbing stairs
eating: grazing
standing: perching / waiting / posing / grazing
sitting: perching / relaxing / riding a horse / riding a bike
lying down: sleeping / relaxing / sunbathing
resting: sitting / sleeping / lying down / perching / relaxing
posing: sitting / standing / smiling
cooking: baking / frying / grilling / stirring / stirring or serving food / seasoning food
eating: stirring or serving food
travel: flying / driving / riding / sailing / traveling to space / carrying passengers
flying: carrying passengers
riding: carrying passengers
playing games: playing billiards
making music: drumming / singing
art: painting / drawing / taking a photo
wood: oak / pine / bamboo / plywood
metal: steel / iron / aluminum / brass / copper / silver / gold / chrome / tin
stone: marble / granite / concrete / gravel / pebble / slate
fabric: cotton / wool / silk / denim / canvas / leather / linen
ceramic: porcelain / tile / clay
brick: stone wall
red: maroon / crimson / scarlet / burgundy / ruby / rust
blue: navy / teal / turquoise / sky blue / light blue / cyan / indigo
green: teal / turquoise / olive / lime / emerald / mint
brown: tan / beige / chestnut / bronze / copper / rust / wood / maroon
yellow: gold / blond / mustard / cream / tan
pink: magenta / salmon / rose / fuchsia / peach / coral
purple: magenta / maroon / indigo / plum
orange: peach / coral / salmon / rust / copper / amber
gray: silver / charcoal
black: charcoal
white: silver / beige
multicolored: black and white / red and white / blue and white / green and white
round: oval / curved
curved: oval
rectangle: square
old: rusty / worn / abandoned / broken
smooth: shiny / polished
soft: fluffy
cloudy: rainy
wet: rainy
cold: snowy / icy
pattern: striped / plaid / spotted / floral
under: bottom
`
		.trim()
		.split("\n")
		.reduce((terms, line) => {
			const [broader = "", narrower = ""] = line.split(": ");
			return terms.set(broader, [...(terms.get(broader) ?? []), ...narrower.split(" / ")]);
		}, new Map<string, string[]>()),
);
