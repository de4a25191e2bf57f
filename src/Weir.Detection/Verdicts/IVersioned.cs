namespace Weir.Detection.Verdicts;

/// <summary>Something that takes part in judging and can change while the code stays: a model, a set of rules in a file. Its version goes into the record of each judgement.</summary>
internal interface IVersioned
{
    /// <summary>As on the page: <c>model</c>.</summary>
    string Name { get; }

    /// <summary>A short hash of its content (<see cref="JudgingVersions.Hash"/>); empty when there is none.</summary>
    string Version { get; }
}
