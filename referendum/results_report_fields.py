"""Every member of a results report, one by one: what we write in it, and why.

The report is in the common data format for election results (NIST Special Publication 1500-100 version 2, JSON). Kinds
of objects are named without their prefix `ElectionResults.`; `@type` stands in every object and names its kind.
"""

from collections.abc import Mapping

FIELDS: Mapping[tuple[str, str], str] = {
    ("ElectionReport", "Format"): "Always summary-contest: totals of the referendum area, nothing smaller (COUNT-5).",
    ("ElectionReport", "GeneratedDate"): "Moment of the declaration, to the second, so that the report never changes.",
    ("ElectionReport", "Issuer"): "Name of the planning authority, as it stands in the question (Q-4).",
    ("ElectionReport", "IssuerAbbreviation"): "The same name: English authorities have no official short form.",
    ("ElectionReport", "SequenceStart"): "Always 1: a report is one document.",
    ("ElectionReport", "SequenceEnd"): "Always 1: a report is one document.",
    ("ElectionReport", "Status"): "Always certified: only a declared result is reported, and it is final (COUNT-15).",
    ("ElectionReport", "VendorApplicationId"): "Always Folkmoot.",
    ("ElectionReport", "GpUnit"): "One reporting unit for each poll: the referendum area with that poll's electorate.",
    (
        "ElectionReport",
        "Election",
    ): "One election for each poll held: the residents', and the businesses' if there is one.",
    ("ReportingUnit", "@id"): "referendum-area-residential or referendum-area-business.",
    ("ReportingUnit", "Type"): "Always special: a referendum area is no standing division of the country.",
    ("ReportingUnit", "Name"): "Name of the area, and whose electorate it is.",
    ("ReportingUnit", "VotersRegistered"): "Electors entitled to vote in the poll (ELEC-16).",
    ("ReportingUnit", "VotersParticipated"): "Ballot papers counted, rejected ones too (COUNT-17).",
    ("Election", "ElectionScopeId"): "The reporting unit of the poll.",
    ("Election", "Name"): "Which plan or order, which area, which poll.",
    ("Election", "StartDate"): "Polling day.",
    ("Election", "EndDate"): "Polling day.",
    ("Election", "Type"): "Always other: the format's list has no referendum of its own.",
    ("Election", "OtherType"): "Always neighbourhood planning referendum.",
    ("Election", "BallotCounts"): "Ballot papers of the poll: in total, then those rejected under each head (COUNT-7).",
    ("Election", "Contest"): "The one question of the poll.",
    ("BallotCounts", "GpUnitId"): "The reporting unit of the poll.",
    ("BallotCounts", "Type"): "total for all papers; other for the papers rejected under one head.",
    ("BallotCounts", "OtherType"): "Which head of rejection, in words.",
    ("BallotCounts", "BallotsCast"): "Ballot papers counted (COUNT-15).",
    ("BallotCounts", "BallotsRejected"): "Papers rejected: in total, or under the head (COUNT-15, COUNT-21).",
    ("BallotMeasureContest", "@id"): "contest-residential or contest-business.",
    ("BallotMeasureContest", "ElectionDistrictId"): "The reporting unit of the poll.",
    ("BallotMeasureContest", "Name"): "Residential referendum or Business referendum.",
    ("BallotMeasureContest", "Type"): "Always referendum.",
    ("BallotMeasureContest", "FullText"): "The question as prescribed (Q-1).",
    ("BallotMeasureContest", "PassageThreshold"): "The rule of majority in words (RESULT-1, COUNT-13).",
    ("BallotMeasureContest", "VoteVariation"): "Always majority.",
    ("BallotMeasureContest", "CountStatus"): "That the count is complete.",
    ("BallotMeasureContest", "ContestSelection"): "The two answers, in the order of the ballot paper.",
    ("BallotMeasureSelection", "@id"): "selection-, the poll, and yes or no.",
    ("BallotMeasureSelection", "Selection"): "Yes or No.",
    ("BallotMeasureSelection", "SequenceOrder"): "1 for Yes, 2 for No: the order of the ballot paper.",
    ("BallotMeasureSelection", "VoteCounts"): "The valid votes for the answer, of the whole area.",
    ("VoteCounts", "GpUnitId"): "The reporting unit of the poll.",
    ("VoteCounts", "Type"): "Always total.",
    ("VoteCounts", "Count"): "Valid votes for the answer (COUNT-15).",
    ("CountStatus", "Status"): "Always completed: nothing is recounted after the declaration (COUNT-12).",
    ("CountStatus", "Type"): "Always total.",
    ("InternationalizedText", "Text"): "One text, in English.",
    ("LanguageString", "Content"): "The text itself.",
    ("LanguageString", "Language"): "Always en-GB.",
}
"""What each member holds, by kind of object and name of member. Source: COUNT-15, COUNT-16."""
