// Words that passwords are made of, in their bare form: small letters, no accents, no digits, no signs.

// The 1086 most frequent bare forms in the password list of zxcvbn (package @zxcvbn-ts/language-common 4.1, MIT,
// Copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc., (c) 2021 @zxcvbn-ts), taken as they are: a list of what
// people type, coarse words included.
const WORLDWIDE = `
  abc access accord action adidas adrian aibc aibced airborne airforce airplane alabama alaska albert alex
  alexande alexander alexandr alexis alicia alison allison alpha alyssa amanda amateur amber america
  american anderson andrea andrew andrey angela angelina angels animal anna antonio apache apollo apple
  apples arizona arnold arsenal asd asdf asdfg asdfgh asdfghjk asdfghjkl ashley assassin asshole assman
  athena atlanta atlantis august austin avalon avatar awesome baby babydoll babygirl badass badboy badger
  bailey baller balls bam banana bandit barbara barbie barney baseball basketba basketball bastard baxter
  beach bear beatles beauty beaver beavis beer benjamin benson berlin bigboy bigcock bigdaddy bigdick
  bigdog bigmac bigman bigred bigtits bill billy billybob birdie birthday bishop bitch bitches biteme
  black blazer blink blizzard blonde blowjob blowme blue bluebird bobafett bobby bobcat bollocks bond
  bondage bonnie boo boobies boobs booger boogie boomer booty boston bowling bradley brandon brandy braves
  brazil brenda brian britney brittany bronco broncos brooke brooklyn brother browns bruins brutus bubba
  bubble bubbles buddha buddy budlight buffalo bulldog bulldogs bullet bullshit bunny burton business
  buster butter butterfly butthead cadillac caesar calvin camaro cameron canada cancer candy cannon
  captain cardinal carlos carmen carolina carrie carter cartman casino casper cassie castle catch catfish
  celtic cessna champion chance changeme charlie cheese chelsea cherokee cherry cheryl chester chevelle
  chevy cheyenne chicago chicken chipper chopper chris christ christia christin chronic cjkysirj claire
  classic claudia clinton cobra cocacola cock coffee college colorado compaq computer connie connor
  control cookie cookies cool cooper copper corona corvette cougar country courtney cowboy cowboys coyote
  crazy creative cricket crystal cthutq cumshot cunt daddy daisy dakota dallas dancer danger danielle
  darkness darkside darkstar dave dbrnjhbz death debbie december defender deftones dennis denver design
  destiny detroit devildog devils dexter dfvgbh diablo diamond dick dickhead diesel digger digital dilbert
  disney doctor dodgers doggie dollar dolphin dolphins domino donald donkey douglas dragon dragons dreamer
  dreams driver drowssap drummer ducati dude duke duncan dustin eagle eagles eatme eclipse edward einstein
  elaine electric elena elephant elizabet elvis eminem empire engineer england enigma enjoy enter eugene
  everton explorer express extreme falcon family fantasy fatboy father fender ferrari fetish fire fireball
  firebird fireman fish fisher fishing fktrcfylh flash flipper florida flower flowers fluffy flyers foobar
  ford forest forever francis frank frankie franklin freaky fred freddie freddy free freedom freepass
  freeuser friday friend friends froggy fuck fucker fucking fuckit fuckme fuckoff fuckyou future fyfcnfcbz
  fylhtq galina galore gambit gandalf garcia garfield gateway gators gemini general genesis genius george
  georgia gfhjkm ghbdtn giants gibson ginger girl girls gizmo goblue godzilla golden goldfish goldie golf
  golfer goober good gordon gracie green greenday gregory guinness guitar gundam gunner hacker hammer
  hannah happy hard hardcore hardon harley harrison harvey hawaii hawkeye heather heaven hellfire helpme
  hendrix hentai hercules herman hiphop hitman hjvfirf hobbes hockey holiday homer honda honey hooker
  hooters horney horny horse horses hotdog hotrod hotstuff hottie house houston howard hummer hunter
  icecream iceman iloveu impala indian infinity integra ireland ironman iwantu jack jackass jackie jackson
  jaguar jake james jasmin jasmine jason jasper jeff jeffrey jennifer jenny jeremy jerry jessica jessie
  jester jesus jimmy john johnson joker jonathan jones jordan joshua julian junior jupiter justice justin
  juventus karina katana kathleen katie kawasaki kelly kenneth kermit killer kimberly king kirill kitten
  kitty klaster knicks knight kodiak kramer kristen kristin kristina lacrosse ladies lakers lancer
  lasvegas lauren lawrence leather legend lennon leonardo lesbian leslie lestat letmein liberty lickme
  lifehack light lights lincoln lisa little liverpoo liverpool lizard logitech lol lolita london lonewolf
  longhorn looking love lovely loveme lover loverboy lovers loveyou lucifer lucky machine maddie maddog
  madison madman madmax madonna maggie magic magnum maksim malibu manager manutd marcus maria marina
  marines mark marlboro marley marshall martin marvin maryjane master matrix matt matthew maverick maxima
  maximus maxwell melissa member mercedes mercury merlin metallic metallica mexico michael michelle
  michigan midnight mike miller mine minecraft miranda mistress mitchell molly monday money monica monkey
  monster montana montreal mookie moose morgan morris mother motorola mountain mouse mozart muffin murphy
  music mustang nascar nastya natali natalie natasha naughty ncc nccitoid nelson nemesis newport newton
  newyork nfnmzyf nicholas nigger nikita nintendo nipples nirvana nissan norman norton nothing november
  october oicu oksana oliver olivia online openup orlando oscar outlaw packard packers pakistan pamela
  pandora pantera panther panthers panties panzer paradise parker pass passion passport password patches
  patriots pavilion peaches peanut pearljam peekaboo peewee pegasus penguin penis people pepper pepsi
  perfect pervert peter phantom philip phoenix phpbb picard pickle piglet pimp pimpin pirate platinum
  playboy player please polaris police polina pontiac poo poohbear pookie poop popcorn popeye porn porno
  porsche potter power powers precious predator prelude presario pretty princess private psycho pumpkin
  purple pussies pussy pussycat pyramid qaz qazwsx qazwsxedc qazxsw qiwe qiweer qiweerat qwaszx qwe qweasd
  qweasdzxc qwee qweear qweearst qwer qwert qwerty qwertyu qwertyui qwertyuiop rabbit rachel racing raider
  raiders rainbow random ranger rangers raptor rascal rasdzv raven razz rebecca red reddog redhead redrum
  redskins redsox redwings reggie regina remember richard robbie roberto rock rocket rocks rockstar rocky
  roland rolltide ronald ronnie rooster roscoe rosebud rulez runner rush ruslan russell russia ryan sailor
  saints samantha sammy samson samuel samurai sandman sandra sandy sasha saturn savage savannah scarface
  school scooby scooter scorpio scorpion scotland scott scotty scully seattle security semperfi serega
  serenity sergey service sex sexy shadow shaggy shamrock shannon sharon shelby shit shithead shooter
  shorty shotgun sierra silver simon simple simpson simpsons single skipper skippy skyline slayer slipknot
  slut smiley smith smokey smooth snake snickers sniper snoopy snowball snowman soccer softball software
  sosoiealjg spanky sparky speedy spencer spider spiderma spike spirit spitfire spooky sports spring
  squirt srinivas stacey stalker stanley star stargate startrek stealth steelers stefan stella stephani
  stephen sterling steve steven stewart stinger stingray stinky street strike student stupid sublime
  success sucker suckit suckme summer sunday sunset sunshine super surfer suzuki svetlana sweet sweety
  swimming swordfis swordfish sydney system tanner target tarheels tattoo taurus taylor teacher teens
  teresa tester testing texas thailand theman theone therock thumper thunder thx tickle tiffany tiger
  tigers tigger time timothy tinker titanic tits tomcat tommy tony topgun tornado toshiba toyota transam
  travis trevor trigger trinity trooper trouble trucks trustno tucker turkey turtle tweety unicorn united
  usuckballz vagina valentin valentina vampire vegeta veronica vfhbyf vfrcbv victor victoria victory video
  viking vikings viktor viper virginia vision vladimir voodoo voyager walker wallace walter wanker
  warcraft warrior water weasel westside whatever white whynot wicked wildcat wildcats william williams
  willie willow wilson winner winnie winston winter wizard wolf wolfgang wolfpack wolverin wolves wombat
  woody wordpass wrangler wutang xavier xfiles yamaha yankee yankees yellow yfnfif young zachary zaqiwsx
  zaqwsx zeppelin zombie zxc zxcvbn zxcvbnm
`;

// Ours: keyboards, endearments, given names, places, months, clubs and the words of a landlord, as the French use them.
const FRENCH = `
  abcd abcde abcdef abcdefg abcdefgh abricot acajaccio adam admin administrateur aigle ajaccio alain
  alexandre algerie allezlom allezom alsace amandine amiens amour amours andre ange angel angers anne
  annie anniversaire anthony antibes antoine aout appartement aqwzsx arcenciel arthur asterix audrey
  aurelie aurevoir automne auvergne avignon avis avril azeqsd azer azerty azertyuiop bailleur banane
  bastia bateau batman bebe belle bernard besancon bibi bichon bienvenue biscuit bisou bisous blanc
  blanche bleu bleue bocognano bonaparte bonbon bonheur bonifacio bonjour bonneannee bonnenuit bonsoir
  bordeaux brest bretagne brigitte bruno bubu caen calin calvi camille cannes capa carambar caramel
  caroline catherine cecile celine cerise chantal charles charlotte chat chaton cheri cherie cheval chien
  chienne chloe chocolat chouchou choupette choupinette christian christiane christine christophe citron
  clara claude client clientele coccinelle coco cocotte code coeur colette compte connexion corinne corse
  corsica corsu corte coucou dalida daniel danse dauphin david decembre delphine denise didier dijon
  dimanche dominique doudou echeance elisabeth elodie emilie emma enfants enzo eric espace espagne essai
  ete etoile etoiles facebook famille fatima felix fevrier fille filou fleur fleurs florence foot football
  foret fournisseur fraise framboise francais francaise france francois francoise frederic gabriel garcon
  gazelec georges gerard germaine ghisonaccia ginette gmail goldorak google grenoble gribouille guillaume
  guy habitat hallyday helene hello henri hiver hlm hotmail huawei hugo huguette identifiant ilerousse
  iloveyou immeuble ines internet invite iphone isabelle isis isulabella italie jacqueline jacques jade
  janvier jardin jaune jean jeanclaude jeanmarie jeanne jeanpaul jeanpierre jerome jetadore jetaime jeudi
  johnny joseph josette joyeuxnoel jtm juillet juin jules julie julien juliette karim karima kevin kiki
  laetitia lapin laposte laura laurent lea lemans lens leo lili lille limoges lion locataire locataires
  logement lola lolo louis louise loulou louloute loup loyer lucas lucien lulu lundi lune lyon madeleine
  mafille mai maison maman mamanpapa mamie mamy manon maquis marc marcel mardi marguerite marie
  mariedominique mariefrance mariejeanne marine marion maroc marron mars marseille martine mathis maurice
  maxime mbappe mdp medor mehdi melanie mer merci mercredi mesenfants messi metz michel michele mickey
  microsoft mimi minette minnie minou minouche mistigri mlkjhg mohamed monamour moncoeur monfils monique
  montagne montpellier motdepass motdepasse motpasse mulhouse musique nadia nancy nantes napoleon naruto
  nathalie nathan nature netflix nice nicolas nicole nimes nini noel noir noire noisette normandie nounou
  nounours novembre nuage nutella obelix octobre odette office oiseau olivier olympique omforever ompsg
  orange ordinateur orleans panda papa papamaman papi papillon papy paques paris parissg pascal passe
  patate patricia patrick paul paulette pauline pepette perpignan petanque philippe pierre pikachu
  pitchoune plage poiuy poiuyt pokemon pomme poney portail porticcio portovecchio portugal poupee poupette
  prince princesse printemps propriano provence psg puce pupuce qsdf qsdfgh qsdfghjklm quittance raphael
  raymond raymonde reims reine renard rene rennes rex robert roger ronaldo rose rosebonbon rouen rouge
  rugby sabrina saintetienne salut samedi samira samsung sandrine sanguinaires sarah sartene scandola
  scbastia scoubidou sebastien secret secrete septembre serge serpent sesame simone soleil sophie
  spiderman starwars stephane stephanie strasbourg superman suzanne sylvie tata tennis test theo thierry
  thomas tigre tigrou tintin titi tonton toto toujours toulon toulouse tours toussaint tulipe tunisie tutu
  ulysse utilisateur vacances valerie vanessa vanille velo vendredi veronika veronique vert verte vincent
  violet virginie voilier voyage wanadoo welcome windows wxcv wxcvbn yanis yves yvonne zaza zidane zizou
`;

/** The bare forms of common passwords, in capitals as `withoutAccents` writes them. */
export const COMMON_PASSWORDS = new Set(`${WORLDWIDE} ${FRENCH}`.toUpperCase().match(/\S+/g));
