//! Condition profiles: what they ask for, however deep it is nested.

use std::collections::{BTreeSet, VecDeque};

use crate::alignment::{AlignmentType, Target};
use crate::ctdl::normalize::target::{Nodes, is_alignment_object, target, targets};
use crate::node::{Node, Object};

/// How deep alternatives may be nested.
const MAX_DEPTH: usize = 16;

/// One thing that a condition asks for, and the way to it.
pub(super) struct Asked {
    pub kind: AlignmentType,
    pub target: Target,
    /// The properties on the way, parted by ` > `.
    pub path: String,
    pub weight: Option<f64>,
}

/// The type of alignment of a property that leads to condition profiles ([`ceterms:ConditionProfile`](https://credreg.net/ctdl/terms/ConditionProfile)).
pub(super) fn kind_of(property: &str) -> Option<AlignmentType> {
    let kind = match property.strip_prefix("ceterms:")? {
        "requires" => AlignmentType::Requires,
        "recommends" => AlignmentType::Recommends,
        "corequisite" => AlignmentType::Corequisite,
        "coPrerequisite" => AlignmentType::CoPrerequisite,
        "entryCondition" => AlignmentType::EntryCondition,
        "renewal" => AlignmentType::Renewal,
        "isPreparationFor" => AlignmentType::IsPreparationFor,
        "preparationFrom" => AlignmentType::PreparationFrom,
        "isAdvancedStandingFor" => AlignmentType::IsAdvancedStandingFor,
        "advancedStandingFrom" => AlignmentType::AdvancedStandingFrom,
        "isRequiredFor" => AlignmentType::IsRequiredFor,
        "isRecommendedFor" => AlignmentType::IsRecommendedFor,
        "membershipCondition" => AlignmentType::MembershipCondition,
        "supportServiceCondition" => AlignmentType::SupportServiceCondition,
        _ => return None,
    };
    Some(kind)
}

/// Gathers everything that the values of a condition property ask for.
///
/// `nodes` are those at the top of the record, where a profile may stand that is only referred to here. Each of those is followed once, by
/// the shortest way: profiles may refer to each other in circles.
pub(super) fn gather<'n>(
    objects: &'n [Object],
    kind: &AlignmentType,
    path: &str,
    nodes: &Nodes<'n>,
) -> Vec<Asked> {
    let (out, open, followed) = (Vec::new(), VecDeque::new(), BTreeSet::new());
    let mut gathering = Gathering { kind, nodes, out, open, followed };
    for object in objects {
        gathering.value(object, path, 0);
    }
    while let Some((node, path, depth)) = gathering.open.pop_front() {
        gathering.profile(node, &path, depth);
    }
    gathering.out
}

struct Gathering<'a, 'n> {
    kind: &'a AlignmentType,
    nodes: &'a Nodes<'n>,
    out: Vec<Asked>,
    /// The profiles that are still to be read, with the way to each.
    open: VecDeque<(&'n Node, String, usize)>,
    /// The profiles that were referred to.
    followed: BTreeSet<&'n str>,
}

impl<'n> Gathering<'_, 'n> {
    fn value(&mut self, object: &'n Object, path: &str, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match object {
            Object::Node(node) if !is_alignment_object(node) && node.id.is_none() => {
                self.open.push_back((node, path.to_owned(), depth));
            }
            Object::Node(node) if node.is_a("ceterms:ConditionProfile") => {
                self.open.push_back((node, path.to_owned(), depth));
            }
            Object::Iri(iri) => match self.nodes.get(&**iri) {
                Some(node) if node.is_a("ceterms:ConditionProfile") => {
                    if self.followed.insert(iri) {
                        self.open.push_back((node, path.to_owned(), depth));
                    }
                }
                _ => self.ask(target(iri), path, None),
            },
            Object::Node(node) => {
                let weight = weight_of(node);
                for target in targets(object, self.nodes) {
                    self.ask(target, path, weight);
                }
            }
            // Words alone say what is asked for, and name nothing.
            Object::Text(_) | Object::Tagged(..) | Object::Typed(..) => {}
        }
    }

    fn profile(&mut self, node: &'n Node, path: &str, depth: usize) {
        for statement in &node.statements {
            let step = format!("{path} > {}", statement.property);
            let is_nested = matches!(
                &*statement.property,
                "ceterms:alternativeCondition" | "ceterms:additionalCondition"
            );
            for object in &statement.objects {
                if is_nested {
                    self.value(object, &step, depth + 1);
                } else if &*statement.property == "ceterms:commonConditions" {
                    self.shared(object, &step);
                } else if is_target(&statement.property) {
                    let weight = object.node().and_then(weight_of).or_else(|| weight_of(node));
                    for target in targets(object, self.nodes) {
                        self.ask(target, &step, weight);
                    }
                }
            }
        }
    }

    fn shared(&mut self, object: &Object, path: &str) {
        for target in targets(object, self.nodes) {
            let kind = AlignmentType::CommonConditions;
            self.out.push(Asked { kind, target, path: path.to_owned(), weight: None });
        }
    }

    fn ask(&mut self, target: Target, path: &str, weight: Option<f64>) {
        self.out.push(Asked { kind: self.kind.clone(), target, path: path.to_owned(), weight });
    }
}

/// Tells whether a property of a condition profile names what is asked for.
fn is_target(property: &str) -> bool {
    let name = property.strip_prefix("ceterms:target");
    name.is_some_and(|name| !name.starts_with("Node") && name != "ContactPoint")
}

/// How much a node counts for, as it says.
pub(super) fn weight_of(node: &Node) -> Option<f64> {
    ["ceterms:weight", "ceasn:weight"]
        .iter()
        .find_map(|property| node.literal(property)?.parse().ok())
}
