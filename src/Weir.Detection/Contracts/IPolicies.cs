namespace Weir.Detection.Contracts;

/// <summary>What happens to mail, by the policies in force. A snapshot in memory: as fast as looking into a table.</summary>
public interface IPolicies
{
    /// <summary>The policies in force; a new object after each change.</summary>
    PolicySet Current { get; }

    /// <summary>What the policies in force say for one recipient. Pure but for the snapshot.</summary>
    PolicyOutcome Decide(string recipient, PolicySubject subject);
}
