//! Times in entries, as [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) text in UTC.

use serde::{Deserialize, Deserializer, Serializer, de, ser};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

pub(super) fn serialize<S: Serializer>(
    moment: &OffsetDateTime,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let utc = moment
        .checked_to_offset(UtcOffset::UTC)
        .ok_or_else(|| ser::Error::custom("time out of range"))?;
    serializer.serialize_str(&utc.format(&Rfc3339).map_err(ser::Error::custom)?)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<OffsetDateTime, D::Error> {
    OffsetDateTime::parse(&String::deserialize(deserializer)?, &Rfc3339).map_err(de::Error::custom)
}
