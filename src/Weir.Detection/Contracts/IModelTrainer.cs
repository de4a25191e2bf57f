namespace Weir.Detection.Contracts;

/// <summary>Learns from labelled mail what the rules alone do not see.</summary>
public interface IModelTrainer
{
    /// <summary>Reads one message as the judge would, without a learnt model.</summary>
    /// <param name="group">Messages of one campaign have one group: they count less than their number, and are never on both sides of a check.</param>
    /// <param name="source">Where it comes from; kept with the model as its provenance.</param>
    ValueTask<TrainingExample> ReadAsync(MessageToJudge message, MailLabel label, string group, string source, CancellationToken cancellationToken);

    /// <summary>A pure function of the examples and their order.</summary>
    /// <param name="name">What the model is called; it stands in every signal's evidence and in the record.</param>
    /// <param name="addsOnly">Only signs of danger are learnt and the weights of the rules stay as they are: for mail that did not really come so. Else learning corrects the rules too, and finds good signs.</param>
    /// <exception cref="ArgumentException">There is no ham, or nothing unwanted.</exception>
    LearntModel Train(IReadOnlyList<TrainingExample> examples, string name, bool addsOnly, CancellationToken cancellationToken);
}
