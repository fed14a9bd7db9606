# Every text of the pages in English, by the page that shows it. The scripts' own are in words.js among the assets.
# The language is Fluent (https://projectfluent.org/fluent/guide/). Another language is another file of the same names.

## Every page

skip-to-content = Skip to the content
nav-label = Pages
nav-frameworks = Frameworks
nav-badge = Read a badge
nav-picker = Picker
nav-sources = Sources
nav-sparql = SPARQL
nav-docs = API
nav-about = About
search-label = Search competencies, credentials and frameworks
search-short = Search
search-button = Search
footer-privacy = Nothing about a learner is stored, logged or fetched here.
footer-about = What this is
footer-generation = Generation { $n }
footer-sources = Sources and how fresh they are

## Problems

problem-status = status { $status }
problem-known = Known here:
problem-no-page = There is no such page
problem-unknown = Nothing here has this identifier
problem-ambiguous = Several things have this name
problem-nothing-published = There is nothing here yet
problem-too-many = That was too much at once
problem-busy = That took too long
problem-internal = Something went wrong here
problem-do-search = Compare the address with the one that you were given, or search for what you meant.
problem-do-later = This is no fault of yours. Come back a little later; whoever looks after this service sees what happened.
problem-do-wait = Everybody gets a fair share here. Wait a moment, then load the page again.
problem-do-again = Load the page again in a moment, or ask for less at once.
problem-do-check = Compare the address with the one that you were given.
problem-for-programs = For programs, and for whoever writes them
problem-kind = Kind
problem-means = What it means
problem-remedy = What to do
problem-number = Number of the request
problems-title = Problems
problems-lead = Every kind of problem that an answer can be, in the words of RFC 9457. The type of a problem leads here.
problems-status = Status
problems-way = Where this stands

## Moments

moment-now = just now
moment-minutes-ago = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
moment-hours-ago = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
moment-days-ago = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}
moment-months-ago = { $n ->
    [one] { $n } month ago
   *[other] { $n } months ago
}
moment-years-ago = { $n ->
    [one] { $n } year ago
   *[other] { $n } years ago
}
moment-in-minutes = { $n ->
    [one] in { $n } minute
   *[other] in { $n } minutes
}
moment-in-hours = { $n ->
    [one] in { $n } hour
   *[other] in { $n } hours
}
moment-in-days = { $n ->
    [one] in { $n } day
   *[other] in { $n } days
}
moment-in-months = { $n ->
    [one] in { $n } month
   *[other] in { $n } months
}
moment-in-years = { $n ->
    [one] in { $n } year
   *[other] in { $n } years
}

## About

about-title = What this is
about-lead = Alidade says what the identifiers inside badges and learning records mean.

## A resource

credential-title = What it takes and gives
equivalents-title = Equivalent and related elsewhere
referrers-title = Who asks for it, and what it leads to

## Read a badge

badge-title = What does this badge mean?
badge-lead = A badge points to competencies and credentials by addresses and codes. This page reads a badge and writes you a letter about what they stand for, and whether they still hold.
badge-promise = The badge stays in this browser.
badge-promise-more = Only the identifiers in it, and the words beside them, are sent to this server; nothing about the person who earned it.
badge-file = Choose a badge
badge-file-hint = Open Badges, learner records and other credentials: JSON, a baked PNG or SVG picture, or a signed token. You can also drop the file anywhere on this page.
badge-text = Or paste its text
badge-read = Read the text
badge-ask-first = Show me what would be sent, and wait
badge-no-script = The badge is read by a script in this page. Without scripts nothing can be read here, but an address or a code from the badge can be looked up:
badge-no-script-search = Search
badge-about = This is about meaning, not about verification: whether the badge is genuine, valid or yours is not looked at. The page sets no cookie, stores nothing and opens no address that stands in a badge.
badge-module = Any page can read badges in the same way, with this module:

## The picker

picker-title = A search box for your badge form
picker-lead = One line of HTML puts a search box into the form in which you make badges. Whoever fills it in types a phrase, chooses a competency, and the form has an alignment that any wallet and any verifier can follow.
picker-no-script = The picker is a script. Without scripts, search here, and copy the alignment from the page of what you find:
picker-search = Search competencies
picker-try = Try it
picker-try-lead = A plain form for a badge. Type some words of what the badge is about into the last field, and choose.
picker-form-name = Name
picker-form-description = Description
picker-form-criteria = Criteria
picker-form-alignment = Alignments: what the badge shows
picker-form-make = Make the badge
picker-form-reset = Begin again
picker-example-name = First Weld
picker-example-description = Lays a straight fillet weld on plate.
picker-example-criteria = Welds one T-joint in front of two assessors.
picker-made = The badge as JSON
picker-copy-badge = Copy the badge
picker-copy-snippet = Copy these lines
picker-copied = Copied.
picker-not-copied = It cannot be copied from here. Mark the text, and copy it.
picker-use = Put it into your page
picker-use-lead = The element is a control of the form around it, as an input is. What it sends under its name is the alignment as JSON.
picker-policy = It needs no other file, no library and no account. Under a strict policy (CSP) your page has to allow this server, and no style:
picker-privacy = The words that are typed, and the identifiers of what is found, are sent to this server. Nothing about a learner is asked for, no cookie is set, and nothing is stored.
picker-attributes = Attributes and events
picker-attribute = Attribute
picker-meaning = What it does
picker-attribute-format = The standard the alignment is written in: ob3 (Open Badges 3.0, unless you say otherwise), ob2 (Open Badges 2.0) or ctdl (CTDL).
picker-attribute-kind = What is searched, with spaces between: competency (unless you say otherwise), credential, framework, rubricCriterionLevel and so on; any for everything.
picker-attribute-framework = Identifiers of the frameworks that are searched, with spaces between. Without it, all are.
picker-attribute-lang = The language of the words that are typed, as a tag such as es.
picker-attribute-multiple = Several may be chosen. The value is then a list.
picker-attribute-value = What is chosen at first: an alignment as JSON, or any identifier of a competency or credential.
picker-attribute-target = The id of a textarea or an input of your page, which is filled with the JSON.
picker-attribute-label = What stands above the box and in it. A label element of your page does as well.
picker-attribute-form = As for an input.
picker-attribute-server = The address of another server. Without it, the one the script came from is asked.
picker-events = Events
picker-events-lead = The events input and change come when something is chosen or removed. Their detail is the alignment, or null; where several may be chosen, the list of them. The properties value and alignment give the same at any time.
picker-words = Words
picker-words-lead = A page in another language gives the words of the box before the element is there; those it leaves out stay English. All of them:

picker-looks = Looks
picker-looks-lead = It takes its letters and its light or dark from your page. Colours and corners can be set, and each part has a name.
picker-looks-names = These can be set:
picker-looks-parts = These parts have names:

## SPARQL

sparql-title = Ask the graph

## The box

typeahead-list = Suggestions
typeahead-count = Suggestions: { $n }
typeahead-same = { $n } resources of this name
typeahead-badge = This looks like a badge. Nothing was sent. Read it under “Read a badge”, where it stays in your browser.
opensearch-description = Competencies, credentials and frameworks, and what the identifiers in badges mean

## Home

home-title = What does this badge mean?
home-lead = Badges and learning records point to competencies and credentials by addresses and codes. Here you find what they stand for, in the words of those who publish them.
home-placeholder = A skill, a code, or an identifier from a badge
home-try = For example:
home-ways = Three ways in
issuer-title = You issue badges
issuer-text = Find the competency that your badge is about, and copy an alignment that any reader of badges understands.
issuer-example = Search competencies
issuer-browse = Browse the frameworks
issuer-picker = Put the picker into your form
verifier-title = You were given a badge
verifier-text = See what each alignment of it means and whether it is still in use. Or paste an identifier into the box.
verifier-badge = Read a badge
verifier-example = What an identifier looks like
marketplace-title = You match skills
marketplace-text = Follow a skill to the credentials, courses and assessments that require, teach and assess it.
marketplace-example = Follow “{ $skill }”
marketplace-credentials = All credentials
marketplace-docs = Ask with a program
inside-title = What is inside
inside-frameworks = { $n ->
    [one] { $n } framework
   *[other] { $n } frameworks
  }
inside-competencies = { $n ->
    [one] { $n } competency
   *[other] { $n } competencies
  }
inside-credentials = { $n ->
    [one] { $n } credential
   *[other] { $n } credentials
  }
inside-learning = { $n ->
    [one] { $n } learning opportunity
   *[other] { $n } learning opportunities
  }
inside-assessments = { $n ->
    [one] { $n } assessment
   *[other] { $n } assessments
  }
inside-organizations = { $n ->
    [one] { $n } organization
   *[other] { $n } organizations
  }
inside-occupations = { $n ->
    [one] { $n } occupation
   *[other] { $n } occupations
  }
inside-others = { $n ->
    [one] { $n } other resource
   *[other] { $n } other resources
  }
inside-published = Published on { $day }.
inside-fetched = The newest record was read on { $day }.
inside-sources = { $n ->
    [one] { $n } source
   *[other] { $n } sources
  }
inside-largest = Largest frameworks, by competencies
inside-all-frameworks = All frameworks
inside-publishers = Publishers, by resources
number = { $n }
empty-title = Nothing is inside yet
empty-text = Nothing has been published into the data directory, so there is nothing to find.
empty-import = Take in files of CASE or CTDL that you have:
empty-harvest = Or name servers in the configuration, and mirror them:
empty-after = This page fills by itself a moment after something is published.

## Results

results-all = Everything that is inside
results-title = Results for “{ $text }”
results-total = { $n ->
    [one] { $n } result
   *[other] { $n } results
  }
results-further = You are behind the first page.
results-first = Back to the first page
results-pages = Pages of results
results-next = Next page
results-corrected = Nothing has “{ $word }”. Looked for instead: { $instead }.
sort-label = Order
sort-relevance = Best first
sort-title = By name
sort-date = Changed last
chosen-label = Chosen filters
chosen-remove = (remove)
chosen-clear = Remove all filters
filters-title = Narrow it down
filters-further = More filters
filters-apply = Show the results
facet-kind = Kind
facet-class = Class of CTDL
facet-framework = Framework
facet-publisher = Publisher
facet-source = Source
facet-subject = Subject
facet-level = Level
facet-language = Language
facet-status = Status
facet-license = Licence
facet-aligned = Alignment
facet-jurisdiction = Place
facet-not-retired = Not retired
facet-more = { $n } more
level-kindergarten = Kindergarten
level-grade = Grade { $grade }
language-name = { $tag ->
    [ar] Arabic
    [bg] Bulgarian
    [ca] Catalan
    [cs] Czech
    [cy] Welsh
    [da] Danish
    [de] German
    [el] Greek
    [en] English
    [es] Spanish
    [et] Estonian
    [eu] Basque
    [fa] Persian
    [fi] Finnish
    [fr] French
    [ga] Irish
    [gl] Galician
    [haw] Hawaiian
    [he] Hebrew
    [hi] Hindi
    [hr] Croatian
    [ht] Haitian Creole
    [hu] Hungarian
    [id] Indonesian
    [is] Icelandic
    [it] Italian
    [ja] Japanese
    [ko] Korean
    [la] Latin
    [lb] Luxembourgish
    [lt] Lithuanian
    [lv] Latvian
    [mi] Māori
    [mk] Macedonian
    [mt] Maltese
    [nb] Norwegian Bokmål
    [nl] Dutch
    [nn] Norwegian Nynorsk
    [no] Norwegian
    [pl] Polish
    [pt] Portuguese
    [ro] Romanian
    [ru] Russian
    [sk] Slovak
    [sl] Slovenian
    [so] Somali
    [sq] Albanian
    [sr] Serbian
    [sv] Swedish
    [sw] Swahili
    [tl] Tagalog
    [tr] Turkish
    [uk] Ukrainian
    [ur] Urdu
    [vi] Vietnamese
    [zh] Chinese
   *[other] { $tag }
}
aligned-true = Aligned with something elsewhere
aligned-false = Not aligned
hit-alternative = Also called
hit-keyword = Keyword
hit-about = About
hit-licence = Licence:
licence-none-short = No licence stated
hit-alignment = Copy alignment
hit-alignment-of = of
meaning-title = What this identifier means
meaning-first = It is the first of the results.
nothing-title = Nothing was found
nothing-unfiltered = Look without the filters.
nothing-fewer = Try fewer words, or other ones; the beginning of a word is enough for the last.
nothing-code = Write a code as its framework does. It need not have the same spaces and signs.
nothing-badge = If it came from a badge, read the whole badge: what stands beside an identifier may tell more.
nothing-browse = See what is here at all:
trouble-wrong = This cannot be asked:
trouble-credential = This looks like a badge or another credential and not like an identifier. It was not read.
trouble-badge = Read it in your browser, where it stays
trouble-gone = The results have changed since you began to read them.
trouble-words-alone = Look for the words alone
trouble-home = Begin anew

## About, in full

about-does-title = What it does
about-does-resolve = It says which competency, credential or organization an identifier, an address or a code stands for, in whatever spelling it was written.
about-does-search = It finds competencies, credentials and frameworks by their words and codes, and writes the alignment that a badge needs to point at one.
about-does-follow = It follows what publishers have stated: what is equivalent, what replaces what, who requires, teaches and assesses it.
about-does-say-why = It says why: how something was found, which record says so, when that was read, and under which licence.
about-does-give = It gives all of it to programs too.
about-dumps = Copies to take along
about-not-title = What it does not do
about-not-verify = It does not verify badges. Signatures, expiry and revocation are not looked at, nor whether a badge is yours.
about-not-guess = It does not guess. Words that are alike are shown as suggestions and never as the answer.
about-not-all = It does not hold everything: only what its sources publish and whoever runs it has chosen. That something is unknown here says nothing against it.
about-not-judge = It does not judge whether a framework or a credential is any good.
about-privacy-title = Privacy
about-privacy-badge = A badge that you read on a page here is read by a script in your browser. Only the identifiers of competencies, credentials and organizations in it, and the words beside them, are sent to this server. What may name the learner is kept back, and the page shows what was sent.
about-privacy-search = What you type into the box is sent to this server while you type, to complete it, and as an address when you search. It is sent to nobody else.
about-privacy-log = What is asked is not logged: a line of the log has the kind of request, its status and how long it took, and no word, no identifier and no address of anybody. Where requests are counted so that nobody takes too many, the count is kept in memory and forgotten.
about-privacy-page = Pages set no cookies, use no storage of your browser and load nothing from anywhere else; what you have seen may stay in its cache for some minutes. Links to other places do not tell them where you came from.
about-privacy-people = Documents about people are not taken in. One that has the marks of a credential of a person is refused while it is read. Frameworks name their authors, and so do we.
about-courtesy-title = Courtesy to those whose records these are
about-courtesy-pace = What is here was published by others. It is fetched one request at a time, with a pause of two seconds between them unless whoever runs this service has set another pace; what has not changed is not fetched again. A server that says it is busy, or is unwell, is left alone for a while.
about-courtesy-name = Requests name this program and somebody who can be reached in their user agent, as in “alidade/0.1.0 (+mailto:ops@example.org)”. The rules of a server's robots.txt are kept.
about-courtesy-terms = Licences stand beside each record. What may not be given away stays out of all copies.
about-out-title = To have something taken out
about-out-write = If you publish something that is here and should not be, write to
about-out-whom = If you publish something that is here and should not be, write to whoever runs this service; the user agent in the log of your server says how.
about-out-how = Name its identifier or its address. It can be removed from what is shown and from what is stored, with every earlier copy.
about-out-robots = A rule in your robots.txt keeps this program away from then on. What you withdraw at its source is shown as withdrawn after the next reading.
about-standards-title = Standards
about-standards-text = Alidade reads and writes what these say, and makes up nothing of its own where they have a word for it.
about-program-title = The program
about-program-version = This is Alidade { $version }.
about-program-name = An alidade is the sighting arm that lines an instrument up with a distant mark.
## A resource: what it is

prose-table = A table in the text
resource-kind = { $kind ->
    [framework] Framework
    [competency] Competency
    [rubric] Rubric
    [rubricCriterion] Criterion of a rubric
    [rubricCriterionLevel] Level of a rubric
    [concept] Concept
    [subject] Subject
    [itemType] Type of item
    [license] Licence
    [associationGrouping] Grouping of associations
    [conceptScheme] Scheme of concepts
    [credential] Credential
    [organization] Organization
    [learningOpportunity] Learning opportunity
    [assessment] Assessment
    [occupation] Occupation
    [job] Job
    [task] Task
    [workRole] Work role
    [pathway] Pathway
    [pathwayComponent] Component of a pathway
    [collection] Collection
    [transferValue] Transfer value
    [conditionManifest] Conditions of several resources
    [costManifest] Costs of several resources
    [action] Action
    [dataSet] Data set
   *[other] Resource
}
resource-is = { $what }.
resource-is-owned = { $what }, owned by { $owner }.
resource-is-offered = { $what }, offered by { $owner }.
resource-is-in = { $what } of { $framework }.
resource-is-published = { $what }, published by { $publisher }.
resource-is-published-in = { $what } of { $framework }, published by { $publisher }.
resource-holds = Nothing speaks against it on { $day }.
resource-crumbs = Where it stands
resource-instead = In its place:
resource-in-language = The text in { $language }
resource-another-text = Another text
resource-provisional = Provisional
resource-provisional-why = Its publisher has not released it yet.
resource-other-registry = Not from the production registry
resource-other-registry-why = It comes from a registry for tests, so it may be no real record.
resource-mentioned = Only mentioned
resource-mentioned-why = No record of its own is held here; this is what the record of something else says of it.
state-current = In use
state-not-yet-in-force = Not in force yet
state-suspended = Suspended
state-deprecated = Out of use
state-superseded = Replaced
state-withdrawn = Withdrawn
as-of-label = As of the day
as-of-button = Judge
as-of-chosen = Judged for { $day }.
as-of-today = Back to today

## A resource: facts

facts-title = What is published of it
known-code = Code
known-other-names = Also called
known-type = Type
known-place = Mark in its list
known-levels = Education levels
known-subjects = Subjects
known-keywords = Keywords
known-notes = Notes
known-in-force = In force
known-from = from { $start }
known-until = until { $end }
known-from-until = { $start } to { $end }
known-language = Language
known-version = Version
known-status = Status as published
known-creator = Made by
known-official = Official page
known-changed = Last changed
known-identifier = Identifier
known-address = Address
known-weight = Weight
known-score = Score
known-feedback = Feedback
known-licence-text = Text of the licence

## A resource: the alignment to copy

alignment-title = Copy an alignment
alignment-hint = Paste this into the definition of a badge, so that it says what it stands for.
alignment-none = There is nothing to copy: its publisher gives it no address on the web or no name, and an alignment has to have both.
alignment-ob3 = Open Badges 3.0
alignment-ob2 = Open Badges 2.0
alignment-ctdl = CTDL
alignment-copy = Copy
alignment-copy-of = Copy for { $standard }
alignment-copied = Copied.
alignment-selected = It is selected: press Ctrl+C to copy it.

## A resource: its place

place-title = Its place
place-below = { $n ->
    [one] One stands under it
   *[other] { $n } stand under it
}
place-n-below = { $n } below
place-beside = { $n } side by side
place-more-beside = and { $n } more, in the tree
place-here = this one
place-tree = The whole tree
place-all = All { $n }, in the tree
place-more = The others
place-unfold = Show what stands under
place-failed = It could not be loaded.

## A resource: versions and history

versions-title = Versions and changes
versions-in-all = { $n } in all
version-replaced-by = Replaced by
version-next = Next version
version-latest = Latest version
version-replaces = Replaces
version-previous = Previous version
version-earlier = Earlier version
version-of = Version of
version-has = Has the version
twin-title = Same UUID in the other standard
twin-same-words = It says the same.
twin-other-words = It says something else.
twin-links = { $n ->
    [0] Nothing refers to it.
    [one] One resource refers to it.
   *[other] { $n } resources refer to it.
}
history-title = { $n ->
    [one] One change here
   *[other] { $n } changes here
}
history-all = All changes as JSON
change-added = It was added.
change-changed = It says something else.
change-moved = It stands somewhere else.
change-retired = It was taken out.

## A resource: provenance and forms

provenance-title = Where this comes from
provenance-source = Source
provenance-address = Read from
provenance-retrieved = Retrieved
provenance-digest = SHA-256 of what was read
provenance-extent = Record
provenance-whole = The whole record was read.
provenance-partial = Only a part of the record is held here.
provenance-attribution = Attribution
provenance-licence = Licence
licence-none = Its publisher states none.
licence-of-source = that of the source
provenance-terms = Terms of the source
provenance-withheld = Not to be handed on in bulk.
copies-title = { $n ->
    [one] One other copy
   *[other] { $n } other copies
}
copy-same = It says the same.
copy-nothing = nothing
copy-field = { $field ->
    [name] Name there
    [text] Text there
    [code] Code there
    [uri] Address there
    [lastChange] Changed there
    [framework] Framework there
   *[other] { $field }
}
oddities-title = What was odd in the record
oddities-n = { $n ->
    [one] once
   *[other] { $n } times
}
forms-title = The same for programs
forms-interface = JSON of the interface
forms-alignment = Alignments as JSON
forms-original = Where its publisher has it

## An identifier that names nothing, or several

several-title = This names several
several-which = Which one is meant, of { $n }?
nameless-title = Nothing here has this identifier
nothing-inferred = The same UUID in another standard
nothing-search = Search for it
## All frameworks

frameworks-title = Frameworks
frameworks-lead = Every framework of competencies that is held here, by title.
frameworks-narrow = Find a framework
frameworks-search = Name of a framework
frameworks-any = Any
frameworks-show = Show
frameworks-all = Show all frameworks
frameworks-none = No framework is found by these words and filters.
frameworks-n = { $n ->
    [one] { $n } framework
   *[other] { $n } frameworks
}
frameworks-competencies = { $n ->
    [one] { $n } competency
   *[other] { $n } competencies
}
frameworks-version = Version { $version }
frameworks-changed = Changed on { $day }
frameworks-source = From { $source }
frameworks-pages = Pages
frameworks-first = First page
frameworks-next = Next page
frameworks-publisher = Publisher
frameworks-subject = Subject
frameworks-status = Status
frameworks-language = Language
frameworks-source-choice = Source

## A framework

framework-kind = Framework in { $standard }
framework-publisher = Publisher
framework-creator = Made by
framework-version = Version
framework-status = Status
framework-in-force = In force
framework-from = From { $day }
framework-until = Until { $day }
framework-language = Language
framework-subjects = Subjects
framework-license = Licence
framework-official = Official page
framework-changed = Last change
framework-size = Size
framework-identifier = Identifier
framework-successor = Followed by
framework-gone = Its source no longer has this framework. What follows is what it last said.
framework-notes = Notes of the publisher
framework-parts = On this page
framework-about = About it as a resource, and how to point a badge at it

tree-title = What is in it
tree-empty = No competencies of this framework are held here.
tree-open = Show what stands under { $name }
tree-n = { $n ->
    [one] { $n } below
   *[other] { $n } below
}
tree-before = { $n ->
    [one] Show the one before
   *[other] Show the { $n } before
}
tree-behind = { $n ->
    [one] Show one more
   *[other] Show { $n } more
}
tree-reopen = Show what stands under
tree-loading = Looking it up …
tree-failed = That did not work. Try again, or open the link instead.
tree-at = Opened at the one that is marked.
tree-whole = Show the tree from its root
tree-hint = Buttons open and close. With the arrow keys you go up, down, in and out.

inside-label = Search inside this framework
inside-button = Search
inside-n = { $n ->
    [one] { $n } hit in this framework
   *[other] { $n } hits in this framework
}
inside-none = Nothing in this framework has these words.
inside-instead = Looked for instead: { $words }
inside-place = Show it in the tree
inside-next = More hits
inside-end = End the search

numbers-title = In numbers
numbers-some = Only the first { $n } items were counted.
numbers-types = Items by type
numbers-depths = Items by level of the tree
numbers-levels = Items by education level
numbers-associations = Relations by type
numbers-shares = How complete the items are
numbers-no-type = No type
numbers-level = Level { $n }
numbers-with-code = With a code
numbers-with-words = With a statement
numbers-none = No items are held here, so there is nothing to count.
numbers-plain = { $n }
numbers-share = { $n }%
numbers-share-small = <1%

quality-title = How well it is made
quality-clean = Nothing odd was found in its record, and its items lack nothing that is looked for here.
quality-lead = What was odd when its record was read, and what that means for whoever uses it.
quality-place = First place: 
quality-lost = Something is missing
quality-doubt = Read with care
quality-fine = Understood
quality-no-words = { $n ->
    [one] { $n } item has no statement
   *[other] { $n } items have no statement
}
quality-no-words-means = A badge that points there does not say what was learned.
quality-no-code = { $n ->
    [one] { $n } item has no code
   *[other] { $n } items have no code
}
quality-no-code-means = What has no code is named by its identifier alone.
quality-loose = { $n ->
    [one] { $n } item hangs on nothing in this framework
   *[other] { $n } items hang on nothing in this framework
}
quality-loose-means = What hangs on nothing is found by search, and the tree does not show it.
quality-withdrawn = { $n ->
    [one] { $n } item is withdrawn
   *[other] { $n } items are withdrawn
}
quality-withdrawn-means = The source no longer has what is withdrawn. Badges that point there can still be read.
quality-provisional = { $n ->
    [one] { $n } item is provisional
   *[other] { $n } items are provisional
}
quality-provisional-means = The publisher may still change what is provisional, so it is shown only to those who ask for it.
quality-examples = Among them:
quality-repeated = { $n ->
    [one] { $n } code stands at several items
   *[other] { $n } codes stand at several items
}
quality-repeated-means = A badge that gives the code alone cannot be told apart.
quality-times = { $n } times
quality-duplicates = List items that say nearly the same
quality-duplicates-hint = as NDJSON; the program lists them for a framework of any size:

related-title = Beside other frameworks
related-lead = Frameworks to which items of this one are aligned, by whoever states it.
related-none = Nobody states an alignment between this framework and another that is held here.
related-exact = { $n ->
    [one] { $n } item is stated to be the same
   *[other] { $n } items are stated to be the same
}
related-other = { $n ->
    [one] { $n } item is related
   *[other] { $n } items are related
}
related-unlisted = { $n ->
    [one] { $n } more framework is not listed. It can be chosen below.
   *[other] { $n } more frameworks are not listed. Each can be chosen below.
}
related-compare = Compare
related-compare-with = Compare with { $title }
related-choose = Compare with another framework
related-choose-hint = A name or an identifier

downloads-title = Take it along
downloads-quads = The whole as N-Quads
downloads-documents = The records as they were read, as NDJSON
downloads-rows = A table, as CSV
downloads-packed = packed with Zstandard
downloads-digest = Digest
downloads-none = The terms of its source do not allow to give it away in bulk.
downloads-terms = Under its licence: { $license }
downloads-no-license = Its publisher states no licence. Ask the publisher before you use it further.
downloads-documents-about = The framework itself
downloads-api = For programs
downloads-resource = Everything about it, as JSON
downloads-tree = The tree, as JSON
downloads-changes = What changed lately in all frameworks

framework-provenance-title = Where it comes from
framework-provenance-source = Source
framework-provenance-record = Record
framework-provenance-read = Read on
framework-provenance-digest = SHA-256 of what was read
framework-provenance-terms = Terms of the source
framework-provenance-gone = withdrawn there
framework-provenance-lead = Everything here is what these sources said. Nothing was added by hand.

## What is odd about a record

warning-no-identifier = Something in it has no usable identifier and was left out. Nobody can point a badge at it.
warning-not-an-object = Something that is no entry stood where an entry belongs, and was left out.
warning-non-uuid-identifier = An identifier is no UUID, as the standard wants it. It is found here, but other programs may refuse it.
warning-uuid-pattern = An identifier is a UUID of another form than the standard allows. It is found here all the same.
warning-identifier-differs-from-uri = An identifier is not the one in its own address. The identifier counts, so a badge with the address may be taken for another.
warning-field-alias = A field stands under another name than the standard's. It was understood.
warning-wrong-shape = A value has another shape than the standard's. It was understood.
warning-unreadable-value = A value could not be understood. It is kept in the original alone and shown nowhere.
warning-unknown-field = A field is in no version of the standard. It is kept, and not shown.
warning-missing-field = A field is missing that the standard requires. What it would say is not known.
warning-invalid-date = A date cannot be read. From when or until when something holds may be unknown.
warning-date-without-zone = A time names no zone. It was read as UTC.
warning-date-shape = A date and a time were taken for each other. It was understood.
warning-unknown-association-type = A relation between items has a type that the standard does not know. It is shown as a loose relation.
warning-association-type-spelling = The type of a relation is spelled in another way than the standard's. It was understood.
warning-missing-end = A relation has one end only, and was left out.
warning-origin-elsewhere = A relation begins at something that is not in this framework. That is usual between frameworks.
warning-destination-elsewhere = A relation leads to something that is not in this framework. Where that is not held here, the link leads nowhere.
warning-unresolvable-end = An end of a relation names nothing that could ever be looked up. The link leads nowhere.
warning-empty-link = A link names neither an identifier nor an address, and was left out.
warning-self-association = Something is related to itself. That says nothing, and may be a slip.
warning-repeated-identifier = One identifier is used more than once. The first keeps it; others may have been left out.
warning-repeated-association = The same relation is stated more than once. It counts once.
warning-hierarchy-cycle = An item stands under itself. The circle was cut, so it may be shown in another place than meant.
warning-no-parent = An item stands under nothing. It is shown directly under the framework, which may not be its place.
warning-no-framework = An item names no framework that it belongs to.
warning-invalid-iri = An address is none that could be opened. It is kept as a text.
warning-no-statement = An item has no statement. Whoever meets it in a badge does not learn what it means.
warning-no-context = The record names no context. It was read by the published terms.
warning-unknown-context = The record names a context that is not known here. It was read by the published terms.
warning-unknown-term = A term is in no known context. It is kept under its own name.
warning-language-tag = A language is written as none. It was mended, or the text was kept without it.
warning-ctid-differs-from-id = A CTID is not the one in its own address. The CTID counts.
warning-alignment-object-mistyped = An alignment calls itself a competency. It was read as an alignment.
warning-hierarchy-as-alignment = Parent and child are written as wider and narrower. They are shown as a tree.
warning-dangling-node = The record refers to a part of itself that is not there. What it would say is not known.
warning-untyped-node = A part of the record does not say what it is.
warning-other = Something odd that has no words here yet: { $code }.

## Two frameworks side by side

compare-title = Two frameworks side by side
compare-lead = Items of the first in its own order, with what stands beside them in the second.
compare-turn = Look from the other side
compare-counts = In the whole framework, by what is stated directly
compare-exact-n = { $n ->
    [one] { $n } item is stated to be the same
   *[other] { $n } items are stated to be the same
}
compare-other-n = { $n ->
    [one] { $n } item is related in another way
   *[other] { $n } items are related in other ways
}
compare-alone-n = { $n ->
    [one] Of about { $n } item nobody says anything
   *[other] Of about { $n } items nobody says anything
}
compare-near-not-counted = Similar words are looked for page by page, so they are not counted here.
compare-part = Only the first { $n } items of the first framework were read. What is counted and listed here is about them alone.
compare-rows = Items side by side
compare-range = Items { $from } to { $to } of { $n }
compare-how-rows = Statements may lead over several steps. Words are compared only for the items of this page, where no statement says that they are the same.
compare-late = There was no time left to look up everything on this page. What is missing may be here when you ask again.
compare-item = Item
compare-how = Relation
compare-other = Beside it
compare-exact = Same
compare-crosswalked = Related
compare-near = Similar words
compare-alone = Alone
compare-not-looked = Not all looked up
compare-twin = one UUID in both standards
compare-same-words = the same words
compare-near-words = nearly the same words
compare-alike-words = partly the same words
compare-over = { $n ->
    [one] stated directly
   *[other] over { $n } statements
}
compare-place = In its tree
compare-before = Items before
compare-next = More items
compare-empty = The first framework has no items here.
compare-pages = Pages
compare-choose = Choose a second framework
compare-choose-lead = Compare { $title } with
compare-which = Frameworks of this name
compare-none-found = No framework is found by these words.
compare-same = These are one and the same framework.
## What a record of CTDL says of a credential, a course, an organization

credential-title-organization = About the organization
credential-title-other = What is published about it
credential-more = More as published
credential-more-n = { $n ->
    [one] 1 statement
   *[other] { $n } statements
}
credential-more-lead = These have no plain name here, and stand under the name of their term.
credential-show = Show
credential-more-values = { $n ->
    [one] and 1 more
   *[other] and { $n } more
}
section-about = What it is
section-who = Who stands behind it
section-takes = What it takes
section-costs = Cost, time and credit
section-offer = Where and how
section-for = For whom and what
section-quality = Quality
section-state = Status and dates
section-results = Outcomes and figures
section-parts = Parts and statements
fact-yes = Yes
fact-no = No
fact-to = to
fact-not-less = At least { $value }
fact-not-more = At most { $value }
duration-years = { $n ->
    [one] 1 year
   *[other] { $n } years
}
duration-months = { $n ->
    [one] 1 month
   *[other] { $n } months
}
duration-weeks = { $n ->
    [one] 1 week
   *[other] { $n } weeks
}
duration-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
duration-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
duration-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
duration-seconds = { $n ->
    [one] 1 second
   *[other] { $n } seconds
}

## The labels of CTDL

fact-also-called = Also called
fact-web-page = Web page
fact-type-of-organization = Type of organization
fact-sector = Sector
fact-purpose = Purpose
fact-mission-and-goals = Mission and goals
fact-services = Services
fact-founded = Founded
fact-type-of-credential = Type of credential
fact-concentration = Concentration
fact-major = Major
fact-minor = Minor
fact-subject = Subject
fact-keywords = Keywords
fact-classified-as = Classified as
fact-type-of-learning = Type of learning
fact-how-it-is-learned = How it is learned
fact-how-it-is-assessed = How it is assessed
fact-what-the-assessment-is-for = What the assessment is for
fact-example-of-the-assessment = Example of the assessment
fact-what-the-assessment-produces = What the assessment produces
fact-how-it-is-scored = How it is scored
fact-example-of-scoring = Example of scoring
fact-proctored = Proctored
fact-evaluated-as-a-group = Evaluated as a group
fact-done-in-a-group = Done in a group
fact-research-about-it = Research about it
fact-without-credit = Without credit
fact-type-of-agreement = Type of agreement
fact-how-learning-is-recognized = How learning is recognized
fact-dimension = Dimension
fact-comment = Comment
fact-also-known-at = Also known at
fact-code = Code
fact-number-of-the-credential = Number of the credential
fact-other-identifiers = Other identifiers
fact-duns-number = DUNS number
fact-federal-employer-number = Federal employer number
fact-ipeds-number = IPEDS number
fact-ope-number = OPE number
fact-legal-entity-identifier = Legal entity identifier
fact-isced-code = ISCED code
fact-isic-code = ISIC code
fact-image = Image
fact-elsewhere-on-the-web = Elsewhere on the web
fact-specialization-of = Specialization of
fact-specializations = Specializations
fact-pay = Pay
fact-owned-by = Owned by
fact-offered-by = Offered by
fact-made-by = Made by
fact-published-by = Published by
fact-stated-by = Stated by
fact-copyright = Copyright
fact-part-of-the-organization = Part of the organization
fact-organizations-below-it = Organizations below it
fact-departments = Departments
fact-from-the-organization = From the organization
fact-from-the-department = From the department
fact-from-the-program = From the program
fact-to-the-organization = To the organization
fact-to-the-department = To the department
fact-to-the-program = To the program
fact-conditions-of = Conditions of
fact-costs-of = Costs of
fact-done-by = Done by
fact-with = With
fact-renewed-by = Renewed by
fact-revoked-by = Revoked by
fact-registered-by = Registered by
fact-provided-by = Provided by
fact-carried-out-by = Carried out by
fact-data-from = Data from
fact-requires = Requires
fact-recommends = Recommends
fact-to-be-admitted = To be admitted
fact-at-the-same-time = At the same time
fact-before-or-at-the-same-time = Before or at the same time
fact-before = Before
fact-conditions-shared-with-others = Conditions shared with others
fact-conditions-for-all = Conditions for all
fact-to-become-a-member = To become a member
fact-to-be-supported = To be supported
fact-prepared-for-by = Prepared for by
fact-advanced-standing-from = Advanced standing from
fact-conditions = Conditions
fact-to-be-submitted = To be submitted
fact-experience = Experience
fact-years-of-experience = Years of experience
fact-lowest-age = Lowest age
fact-instead-of-this = Instead of this
fact-competencies = Competencies
fact-credentials = Credentials
fact-courses-and-programs = Courses and programs
fact-assessments = Assessments
fact-occupations = Occupations
fact-jobs = Jobs
fact-tasks = Tasks
fact-components = Components
fact-how-many-of-these = How many of these
fact-joined-by = Joined by
fact-constraints = Constraints
fact-weight = Weight
fact-resident-of = Resident of
fact-residency = Residency
fact-citizenship = Citizenship
fact-knowledge = Knowledge
fact-skills = Skills
fact-abilities = Abilities
fact-work-roles = Work roles
fact-estimated-cost = Estimated cost
fact-costs-shared-with-others = Costs shared with others
fact-costs-for-all = Costs for all
fact-about-the-cost = About the cost
fact-kind-of-cost = Kind of cost
fact-price = Price
fact-currency = Currency
fact-how-it-is-paid = How it is paid
fact-financial-aid = Financial aid
fact-kind-of-aid = Kind of aid
fact-aid-for = Aid for
fact-amount-of-aid = Amount of aid
fact-duration = Duration
fact-time-it-takes = Time it takes
fact-at-least = At least
fact-at-most = At most
fact-credit = Credit
fact-unit-of-credit = Unit of credit
fact-about-the-credit = About the credit
fact-credit-hours = Credit hours
fact-kind-of-credit-hours = Kind of credit hours
fact-level-of-credit = Level of credit
fact-transfer-value = Transfer value
fact-transfers-from = Transfers from
fact-transfers-to = Transfers to
fact-transfer-values = Transfer values
fact-paid-for-each = Paid for each
fact-pay-band = Pay band
fact-delivery = Delivery
fact-about-the-delivery = About the delivery
fact-delivery-of-learning = Delivery of learning
fact-delivery-of-assessment = Delivery of assessment
fact-language = Language
fact-online-at = Online at
fact-where-it-is-offered = Where it is offered
fact-offered-at = Offered at
fact-address = Address
fact-where-it-holds = Where it holds
fact-where = Where
fact-not-in = Not in
fact-everywhere = Everywhere
fact-offered-in = Offered in
fact-how-often-it-is-offered = How often it is offered
fact-how-often-it-meets = How often it meets
fact-when-it-meets = When it meets
fact-offerings = Offerings
fact-level = Level
fact-for-whom = For whom
fact-level-of-education = Level of education
fact-occupations-in-other-lists = Occupations, in other lists
fact-industries = Industries
fact-industries-naics = Industries (NAICS)
fact-instructional-programs = Instructional programs
fact-prepares-for = Prepares for
fact-advanced-standing-for = Advanced standing for
fact-required-for = Required for
fact-recommended-for = Recommended for
fact-leads-to = Leads to
fact-stands-for = Stands for
fact-accredited-by = Accredited by
fact-approved-by = Approved by
fact-recognized-by = Recognized by
fact-regulated-by = Regulated by
fact-accredited-in = Accredited in
fact-approved-in = Approved in
fact-recognized-in = Recognized in
fact-regulated-in = Regulated in
fact-renewed-in = Renewed in
fact-revoked-in = Revoked in
fact-verification-services = Verification services
fact-service = Service
fact-kind-of-verification = Kind of verification
fact-directory = Directory
fact-how-it-is-verified = How it is verified
fact-what-is-verified = What is verified
fact-the-holder-has-to-agree = The holder has to agree
fact-how-it-is-administered = How it is administered
fact-how-it-is-developed = How it is developed
fact-how-it-is-kept-up = How it is kept up
fact-how-it-is-reviewed = How it is reviewed
fact-appeals = Appeals
fact-complaints = Complaints
fact-how-it-is-revoked = How it is revoked
fact-how-it-is-evaluated = How it is evaluated
fact-evidence = Evidence
fact-method = Method
fact-how-often = How often
fact-standards-followed = Standards followed
fact-input-from-outside = Input from outside
fact-how-data-is-collected = How data is collected
fact-status = Status
fact-status-of-publication = Status of publication
fact-status-of-the-offer = Status of the offer
fact-status-of-the-record = Status of the record
fact-in-effect-from = In effect from
fact-ends = Ends
fact-from = From
fact-until = Until
fact-date = Date
fact-signed = Signed
fact-aligned-on = Aligned on
fact-created = Created
fact-changed = Changed
fact-to-renew-it = To renew it
fact-renewed-every = Renewed every
fact-when-it-is-revoked = When it is revoked
fact-criteria-of-revocation = Criteria of revocation
fact-version = Version
fact-latest-version = Latest version
fact-version-before = Version before
fact-next-version = Next version
fact-replaced-by = Replaced by
fact-replaces = Replaces
fact-outcomes = Outcomes
fact-holders = Holders
fact-earnings = Earnings
fact-employment = Employment
fact-awarded = Awarded
fact-jobs-obtained = Jobs obtained
fact-median-earnings = Median earnings
fact-low-earnings = Low earnings
fact-high-earnings = High earnings
fact-months-after-it-was-received = Months after it was received
fact-data-sets = Data sets
fact-data-about = Data about
fact-about = About
fact-time-period = Time period
fact-time-covered = Time covered
fact-time = Time
fact-figures = Figures
fact-what-is-held-back = What is held back
fact-data-available = Data available
fact-distribution-of-earnings = Distribution of earnings
fact-what-counts-as-earnings = What counts as earnings
fact-employed = Employed
fact-employed-in-the-industry = Employed in the industry
fact-count-as-employed = Count as employed
fact-holders-counted = Holders counted
fact-people-counted = People counted
fact-passed = Passed
fact-participants = Participants
fact-completed = Completed
fact-median = Median
fact-10th-percentile = 10th percentile
fact-25th-percentile = 25th percentile
fact-75th-percentile = 75th percentile
fact-90th-percentile = 90th percentile
fact-percentage = Percentage
fact-value = Value
fact-measures = Measures
fact-dimensions = Dimensions
fact-kind-of-dimension = Kind of dimension
fact-observations = Observations
fact-data-service = Data service
fact-files-of-data = Files of data
fact-type-of-file = Type of file
fact-observation-of = Observation of
fact-at-the-point = At the point
fact-kind-of-measure = Kind of measure
fact-why-it-is-withheld = Why it is withheld
fact-source = Source
fact-data-behind-it = Data behind it
fact-parts = Parts
fact-part-of = Part of
fact-members = Members
fact-member-of = Member of
fact-kind-of = Kind of
fact-after = After
fact-statements = Statements
fact-statement = Statement
fact-kind-of-statement = Kind of statement
fact-below-it = Below it
fact-below = Below
fact-progression = Progression
fact-level-of-progression = Level of progression
fact-teaches = Teaches
fact-assesses = Assesses
fact-owns = Owns
fact-offers = Offers
fact-accredits = Accredits
fact-approves = Approves
fact-recognizes = Recognizes
fact-regulates = Regulates
fact-renews = Renews
fact-revokes = Revokes
fact-compares = Compares
fact-compared-by = Compared by
fact-what-is-compared = What is compared
fact-with-what = With what

## How one resource stands to another

relation-other = Stated as “{ $name }”
relation-other-inverse = Names this as its “{ $name }”
relation-assessed-by = Assessed by
relation-taught-by = Taught by
relation-required-by = Required by
relation-recommended-by = Recommended by
relation-entry-condition-of = Asked for at admission by
relation-corequisite-of = Asked for at the same time by
relation-co-prerequisite-of = Asked for before or at the same time by
relation-renewal-condition-of = Asked for in renewal of
relation-membership-condition-of = Asked of members of
relation-support-service-condition-of = Asked for by the support service
relation-common-conditions-of = Shared conditions of
relation-align-from = Aligned to it
relation-owns = Owns
relation-offers = Offers
relation-accredits = Accredits
relation-approves = Approves
relation-recognizes = Recognizes
relation-regulates = Regulates
relation-renews = Renews
relation-revokes = Revokes
relation-registers = Registers
relation-publisher-of = Publishes
relation-creator-of = Made
relation-teaches = Teaches
relation-assesses = Assesses
relation-requires = Requires
relation-recommends = Recommends
relation-entry-condition = Asks for at admission
relation-corequisite = Asks for at the same time
relation-co-prerequisite = Asks for before or at the same time
relation-renewal = Asks for in renewal
relation-membership-condition = Asks of members
relation-support-service-condition = Asks for support
relation-common-conditions = Has shared conditions
relation-is-preparation-for = Prepares for
relation-preparation-from = Prepared for by
relation-is-advanced-standing-for = Gives advanced standing in
relation-advanced-standing-from = Advanced standing from
relation-is-required-for = Required for
relation-is-recommended-for = Recommended for
relation-has-part = Has parts
relation-part-of = Part of
relation-has-member = Has members
relation-is-member-of = Member of
relation-precedes = Comes before
relation-has-predecessor = Comes after
relation-prerequisite-alignment = Has as prerequisite
relation-prerequisite-for = Prerequisite for
relation-has-skill-level = Level of skill
relation-skill-level-for = Level of skill for
relation-exemplar = Example
relation-exemplar-of = Example of
relation-owned-by = Owned by
relation-offered-by = Offered by
relation-accredited-by = Accredited by
relation-approved-by = Approved by
relation-recognized-by = Recognized by
relation-regulated-by = Regulated by
relation-renewed-by = Renewed by
relation-revoked-by = Revoked by
relation-registered-by = Registered by
relation-publisher = Published by
relation-creator = Made by
relation-exact-match-of = Exact match
relation-major-alignment = Close match
relation-is-similar-to = Similar
relation-broad-alignment = Broader
relation-narrow-alignment = Narrower
relation-is-related-to = Related
relation-minor-alignment = Related, minor
relation-is-peer-of = Peer
relation-is-part-of = Part of it
relation-derived-from = Derived from it
relation-derivative-of = Source of it
relation-align-to = Aligned with it
relation-comprised-of = Comprises it
relation-is-comprised-in = Comprised in it
relation-inferred-competency = Inferred from here
relation-inferred-from = Infers this
relation-is-version-of = Version of it
relation-has-version = Another version
relation-cross-subject-reference = Referred to across subjects
relation-replaced-by = Replaced by it
relation-replaces = Replaces it
relation-next-version = Next version
relation-previous-version = Version before
relation-latest-version = Latest version
relation-earlier-version = Earlier version
relation-is-translation-of = Translation

## What a resource is equivalent or related to

equivalents-lead = Only what a record states to be an exact match is called the same. Where several statements lead on to something, it is derived, and the way is given.
equivalents-drawing = The nearest of them, drawn
equivalents-described = { $n ->
    [one] This resource and 1 that it is joined to. The table below says the same.
   *[other] This resource and { $n } that it is joined to. The table below says the same.
}
equivalents-table = Equivalent and related
equivalents-shown = The first { $n }
equivalents-of = { $n ->
    [one] of 1.
   *[other] of { $n }.
}
equivalents-what = What
equivalents-framework = In which framework
equivalents-how = How
equivalents-who = Who says so
equivalents-way = The way there
equivalents-direct = Stated
equivalents-follows = Derived:
equivalents-says = says { $record }
equivalents-derived = { $n ->
    [one] derived from 1 statement
   *[other] derived from { $n } statements
}
equivalents-nobody = Nobody
equivalents-unstated = Not stated
equivalents-twin = Same UUID
equivalents-twin-same = Same UUID in the other standard, and the same words. Nobody states that the two are one.
equivalents-twin-other = Same UUID in the other standard, and other words. Nobody states that the two are one.
equivalents-all = All of them, as JSON

## Who refers to a resource

referrers-n = ({ $n })
referrers-all = All { $n }
referrers-by = by
referrers-weight = weight { $weight }
referrers-through = through
referrers-twin = By its identifier in the other standard
referrers-twin-said = It has the same UUID; nobody states that the two are one.
referrer-list-title = Who refers to it
referrer-list-crumbs = The resource
referrer-list-none = Nothing is known here.
referrer-list-from = { $from }
referrer-list-to = to { $to }
referrer-list-of = of { $n }
referrer-list-next = Next page
sparql-lead = Competencies, frameworks and credentials of CASE and CTDL in one graph, asked in SPARQL 1.1. Programs ask at this same address.
sparql-query = Query
sparql-hint = The prefixes alidade, case, ceasn, ceterms, owl, prov, rdf, rdfs, schema, skos and xsd need no declaration.
sparql-ask = Ask
sparql-stop = Stop
sparql-keys = Ctrl and Enter ask as well.
sparql-no-script = Scripts are off, so that the answer comes as a plain file: rows as JSON, triples as Turtle. With scripts it is a table on this page.
sparql-answer = Answer
sparql-save = Save the answer
sparql-examples = Questions to begin with
sparql-issuers = If you issue badges
sparql-verifiers = If you check badges
sparql-marketplaces = If you run a marketplace
sparql-union = What is asked without GRAPH is asked of all records together, and a statement that two records make counts twice: ask for DISTINCT rows.
sparql-limits = Nothing can be changed here, and no other endpoint is asked. A query that takes too long or finds too much is stopped, and says so.
sparql-private = The address of this page holds your query behind the #, so that you can hand it on. A query is answered and not kept.
sparql-both-worlds = Competencies of both worlds, with code, text, framework and publisher
sparql-both-worlds-tells = Every competency with its code, its words, its framework and who publishes it, whether it came as CASE or as CTDL.
sparql-frameworks = The frameworks that are held, and how large they are
sparql-frameworks-tells = Each framework with its publisher and the number of its competencies, the largest first.
sparql-tops = What stands at the top of a framework, and right below it
sparql-tops-tells = The units of one framework with the competencies right below each; change the name to that of yours.
sparql-above = What a competency is part of, up to the top
sparql-above-tells = What stands above one competency, step by step up to the top of its framework.
sparql-ended = Competencies that have ended, were replaced or withdrawn
sparql-ended-tells = Competencies with a last day, a successor or a status, before you rely on them.
sparql-records = Which records say something about a competency, and when they were read
sparql-records-tells = Which documents state a competency, when each was read, and the digest of its bytes.
sparql-requirements = What a credential requires, condition by condition, and whose it is
sparql-requirements-tells = The competencies that a credential asks for, under which condition, and who awards it.
sparql-crosswalks = The crosswalks between frameworks
sparql-crosswalks-tells = Which code of one framework matches which of another, and how closely.
sparql-teaches = What teaches or assesses a competency, or one that is its exact match
sparql-teaches-tells = Courses and assessments for a skill, also for its exact matches in other frameworks, and who offers them.
sparql-owners = Organizations, by how many of their credentials require a competency
sparql-owners-tells = Who awards credentials, and how many of them ask for competencies.

## Sources

sources-title = Sources
sources-lead = Where everything here comes from, how fresh it is, what waits for a decision, and what changed last.
sources-empty = There is no source yet: none is configured, and nothing was imported. Whoever looks after this service begins with a folder of files:
sources-empty-then = Sources on the network stand in the configuration, and are read with alidade harvest.
sources-total = In all
sources-published = Published
sources-for-programs = For programs
sources-on-this-page = On this page
sources-n-sources = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
sources-n-records = { $n ->
    [one] { $n } record
   *[other] { $n } records
}
sources-n-resources = { $n ->
    [one] { $n } resource
   *[other] { $n } resources
}
sources-held = Waiting for a decision
sources-held-why = A run that would take away or change much of a source is not shown before somebody has looked at it. Until then the last good state answers.
sources-held-reason = The newest run { $reason }. It is kept, and not shown.
sources-held-accept = If that is as it should be, this applies it:
sources-each = Each source
sources-kind-case = CASE service
sources-kind-registry = Credential Registry
sources-kind-files = Imported files
sources-state-held = Held
sources-state-never = Never read
sources-state-imported = Imported
sources-state-complete = Read whole
sources-state-partial = Read in part
sources-state-stopped = Stopped
sources-state-secured = Shut
sources-state-failed = Failed
sources-state-running = Under way
sources-holds = Holds
sources-address = Address
sources-licence = Licence
sources-no-licence = Nobody has said; each framework may name its own.
sources-kept-back = It may be searched here, and is in no dump and no export.
sources-terms = Terms
sources-retrieved = Newest record
sources-success = Last success
sources-due = Next due
sources-due-now = Now
sources-due-by-hand = When somebody says so:
sources-due-never = Never by itself: it was imported.
sources-every = every { $schedule }
sources-run = Last run
sources-run-complete = Everything was read.
sources-run-partial = Everything was read but what the source did not give.
sources-run-stopped = It was stopped before its end, and goes on where it was.
sources-run-secured = The source shows nothing without other credentials.
sources-run-failed = It failed.
sources-run-under-way = It has begun, and is not at its end.
sources-n-accepted = { $n ->
    [one] { $n } record new or changed
   *[other] { $n } records new or changed
}
sources-n-unchanged = { $n ->
    [one] { $n } record the same as before
   *[other] { $n } records the same as before
}
sources-n-not-modified = { $n ->
    [one] { $n } record not modified, as its server says
   *[other] { $n } records not modified, as their server says
}
sources-n-withdrawn = { $n ->
    [one] { $n } record withdrawn
   *[other] { $n } records withdrawn
}
sources-n-missing = { $n ->
    [one] { $n } record missing for the first time
   *[other] { $n } records missing for the first time
}
sources-n-refused = { $n ->
    [one] { $n } record refused
   *[other] { $n } records refused
}
sources-n-about-people = { $n ->
    [one] { $n } document about people, not kept
   *[other] { $n } documents about people, not kept
}
sources-n-requests = { $n ->
    [one] { $n } request
   *[other] { $n } requests
}
sources-n-kilobytes = { $n } kB read
sources-error = It says:
sources-rests = The source asked to be left alone until
sources-last-changes = It changed
sources-conflicts-short = Conflicts
sources-n-conflicts = { $n ->
    [one] { $n } document that several records describe
   *[other] { $n } documents that several records describe
}
sources-changes = What changed last
sources-no-changes = No generation that is kept changed anything.
sources-n-changes = { $n ->
    [one] { $n } change
   *[other] { $n } changes
}
sources-n-added = { $n } added
sources-n-changed = { $n } changed
sources-n-moved = { $n } moved
sources-n-retired = { $n } retired
sources-what-added = Added
sources-what-changed = Changed
sources-what-moved = Moved
sources-what-retired = Retired
sources-formerly = formerly
sources-all-changes = Every change, for programs
sources-conflicts = Conflicts
sources-no-conflicts = No document is described twice.
sources-conflicts-why = Several records describe one document. All are kept, one answers; where their words differ, somebody should look.
sources-conflicts-more = There are more; the first { $n } are shown.
sources-document = Document
sources-words = Words
sources-answers = Answers
sources-others = Also in
sources-differ = Differ
sources-alike = The same
sources-not-compared = Not compared

## The interface for programs

docs-title = The interface for programs
docs-lead = All that the pages here know, programs can ask for. Each operation below has a page with what it takes, what it answers, and a form to try it.
docs-generation = Every answer names its generation: in the JSON, and in the header Alidade-Generation.
docs-problems = Whatever goes wrong is a problem of RFC 9457, with a type that has a page:
docs-strict = A parameter that a route does not know is refused, because a slip of the pen would change the answer.
docs-identifiers = Identifiers are taken and no credentials, unless the operator says otherwise. Texts are read and thrown away.
docs-openapi = The same in OpenAPI 3.1, for programs:
docs-way = Where this stands
docs-verifiers = Verifiers
docs-verifiers-ask = Hold a badge, and ask what it means.
docs-issuers = Issuers
docs-issuers-ask = Look for what a new badge is aligned to.
docs-marketplaces = Marketplaces
docs-marketplaces-ask = Search, and follow what is linked.
docs-copies = Copies
docs-copies-ask = Keep a copy, and keep it up to date.
docs-operators = Operators
docs-operators-ask = Look after the service.
docs-people = Pages
docs-people-ask = Read badges, or this description, in a browser.
docs-required = Needed
docs-parameters = Parameters
docs-further = { $n ->
    [one] { $n } more parameter
   *[other] { $n } more parameters
}
docs-at-least = At least { $value }.
docs-at-most = At most { $value }.
docs-at-most-characters = At most { $value } characters.
docs-default = Otherwise { $value }.
docs-body = Body
docs-media-type = Media type
docs-text = Text
docs-accept = Form of the answer
docs-try = Ask
docs-example = For example:
docs-no-script = Scripts are off: the form cannot ask. The address of the example can be followed, where there is one.
docs-answer = Answer
docs-answers = What comes back
docs-form = Form
docs-list-of = list of
docs-one-of = one of
docs-or = or
docs-by-name = by name
docs-schema = Part of an answer or a body
docs-members = Members
docs-member = Member
docs-shape = Form
docs-always = Always

