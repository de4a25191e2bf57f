namespace Weir.Detection.Facts.Places;

/// <summary>What a detector says of the place of its evidence, in terms of what was read; <see cref="Locator"/> finds the bytes.</summary>
/// <param name="Name">Of the field, the item, the part's path, or the knowledge; the URL.</param>
/// <param name="Text">Words to find in the part, or the member of the archive.</param>
/// <param name="Start">Of characters of a body.</param>
/// <param name="End">Of characters of a body.</param>
internal readonly record struct Sighting(SightingKind Kind, string Name, string Text = "", int Start = 0, int End = 0);

internal enum SightingKind { Header, Absence, Envelope, Knowledge, Entity, Url, Part, Member, PartText, Words, Html, Plain }
