using Weir.Sample.Contracts;
using Weir.Sample.Flow;
using Weir.Sample.Outside;
using Weir.Sample.People;

namespace Weir.Sample.Stories;

/// <summary>Everybody and everything that a story may use.</summary>
internal sealed record Cast(SampleSettings Settings, Staff Staff, Post Post, Outsiders Outsiders, Strangers Strangers, Conversations Conversations)
{
    public Dice Dice(string story) => Sample.Dice.For(Settings.Seed, "story", story);
}

/// <summary>Something that happened to the organisation, placed backwards from now.</summary>
internal interface IStory
{
    /// <summary>Letter of the story in <c>truth.json</c>.</summary>
    string Letter { get; }

    string Title { get; }

    /// <summary>What a tester can hold the product to, as facts by name.</summary>
    IReadOnlyDictionary<string, object> Promises { get; }

    IEnumerable<Planned> Plan(Cast cast);
}
