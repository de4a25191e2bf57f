namespace Weir.Kql.Contracts;

/// <summary>A function of the language.</summary>
/// <param name="Signature">As people read it: <c>substring(source: string, start: long, length?: long): string</c>.</param>
/// <param name="IsAggregate">It is used in <c>summarize</c>.</param>
public sealed record KqlFunction(string Name, string Signature, bool IsAggregate);
