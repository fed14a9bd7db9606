// The queries of the README, by who asks them. A test holds the two together.
export const EXAMPLES = [
  {
    user: "Issuer",
    title: "Competencies of both worlds, with code, text, framework and publisher",
    query: `SELECT DISTINCT ?code ?text ?framework ?publisher WHERE {
  ?competency a ceasn:Competency ; ceasn:competencyText ?text ; ceasn:isPartOf ?scheme .
  ?scheme ceasn:name ?framework .
  OPTIONAL { ?competency ceasn:codedNotation ?code }
  OPTIONAL { ?scheme ceasn:publisherName ?publisher }
} ORDER BY ?framework ?code`,
  },
  {
    user: "Issuer",
    title: "The frameworks that are held, and how large they are",
    query: `SELECT ?framework ?publisher (COUNT(DISTINCT ?competency) AS ?competencies) WHERE {
  ?scheme a ceasn:CompetencyFramework ; ceasn:name ?framework .
  OPTIONAL { ?scheme ceasn:publisherName ?publisher }
  OPTIONAL { ?competency a ceasn:Competency ; ceasn:isPartOf ?scheme }
} GROUP BY ?scheme ?framework ?publisher ORDER BY DESC(?competencies)`,
  },
  {
    user: "Issuer",
    title: "What stands at the top of a framework, and right below it",
    query: `SELECT DISTINCT ?top ?code ?text WHERE {
  ?scheme ceasn:name ?framework .
  FILTER (STR(?framework) = "Harbor Workforce Skills Framework")
  ?unit ceasn:isTopChildOf ?scheme ; skos:prefLabel ?top .
  ?competency skos:broader ?unit ; skos:notation ?code ; skos:prefLabel ?text .
} ORDER BY ?code`,
  },
  {
    user: "Verifier",
    title: "What a competency is part of, up to the top",
    query: `SELECT DISTINCT ?code ?text WHERE {
  ?competency skos:notation "NMF.3.FR.2" ; skos:broader+ ?above .
  ?above skos:prefLabel ?text .
  OPTIONAL { ?above skos:notation ?code }
}`,
  },
  {
    user: "Verifier",
    title: "Competencies that have ended, were replaced or withdrawn",
    query: `SELECT DISTINCT ?code ?ended ?replacement ?status WHERE {
  { ?competency a ceasn:Competency ; ceasn:dateValidUntil ?ended }
  UNION { ?competency ceterms:supersededBy ?new . ?new skos:notation ?replacement }
  UNION { ?competency alidade:status ?status }
  OPTIONAL { ?competency skos:notation ?code }
} ORDER BY ?code`,
  },
  {
    user: "Verifier",
    title: "Which records say something about a competency, and when they were read",
    query: `SELECT DISTINCT ?record ?read ?digest WHERE {
  GRAPH ?record { ?competency ceasn:codedNotation "NMF.3.FR.2" }
  ?record prov:generatedAtTime ?read ; alidade:digest ?digest .
}`,
  },
  {
    user: "Verifier",
    title: "What a credential requires, condition by condition, and whose it is",
    query: `SELECT DISTINCT ?credential ?owner ?condition ?code ?text WHERE {
  ?resource ceterms:requires ?profile ; ceterms:name ?credential .
  ?profile ceterms:targetCompetency ?alignment .
  ?alignment ceterms:targetNode ?competency .
  ?competency ceasn:competencyText ?text .
  OPTIONAL { ?profile ceterms:name ?condition }
  OPTIONAL { ?competency ceasn:codedNotation ?code }
  OPTIONAL { ?resource alidade:ownedBy ?organization . ?organization ceterms:name ?owner }
} ORDER BY ?credential ?code`,
  },
  {
    user: "Marketplace",
    title: "The crosswalks between frameworks",
    query: `SELECT DISTINCT ?code ?match ?other ?framework WHERE {
  VALUES ?match { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }
  ?competency ?match ?matched ; skos:notation ?code ; skos:inScheme ?one .
  ?matched skos:notation ?other ; skos:inScheme ?two .
  ?two ceasn:name ?framework .
  FILTER (?one != ?two)
} ORDER BY ?code ?other`,
  },
  {
    user: "Marketplace",
    title: "What teaches or assesses a competency, or one that is its exact match",
    query: `SELECT DISTINCT ?name ?does ?provider WHERE {
  ?competency skos:notation "NMF.3.FR.2" ; (skos:exactMatch|^skos:exactMatch)* ?same .
  VALUES ?does { alidade:teaches alidade:assesses }
  ?resource ?does ?same ; ceterms:name ?name .
  OPTIONAL { ?resource alidade:offeredBy ?organization . ?organization ceterms:name ?provider }
} ORDER BY ?name`,
  },
  {
    user: "Marketplace",
    title: "Organizations, by how many of their credentials require a competency",
    query: `SELECT ?organization (COUNT(DISTINCT ?credential) AS ?credentials)
       (COUNT(DISTINCT ?competency) AS ?competencies) WHERE {
  ?owner ceterms:owns ?credential ; ceterms:name ?organization .
  ?credential alidade:requires ?competency .
  ?competency a ceasn:Competency .
} GROUP BY ?owner ?organization ORDER BY DESC(?credentials)`,
  },
];
