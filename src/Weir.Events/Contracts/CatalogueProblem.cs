namespace Weir.Events.Contracts;

/// <summary>Something to say about a query. Line and column count from 1, the column in UTF-16 units.</summary>
public sealed record CatalogueProblem(string Message, int Line, int Column, bool IsError);
