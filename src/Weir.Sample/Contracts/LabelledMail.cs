using Weir.Mail.Contracts;

namespace Weir.Sample.Contracts;

/// <summary>An invented mail that says what it is: for training and for tests of false alarms.</summary>
public sealed record LabelledMail
{
    /// <summary>From 0; the same seed, number and brands give the same bytes, however many are made.</summary>
    public required int Number { get; init; }

    public required SampleLabel Label { get; init; }

    /// <summary>What it is about, such as <c>password-reset</c>: the same name in all languages and in both classes.</summary>
    public required string Theme { get; init; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>Theme and language. The honest mail and its twin share it, so that a fold that is held out holds out both.</summary>
    public required string Template { get; init; }

    /// <summary>What was done to it, such as <c>zero-width</c> or <c>link:shortener</c>; honest habits that look odd are named as well.</summary>
    public required IReadOnlyList<string> Traits { get; init; }

    public required ReadOnlyMemory<byte> Raw { get; init; }
    public required Envelope Envelope { get; init; }

    /// <summary>What the receiving server found; nothing when it did not look (about a third, of every class alike).</summary>
    public AuthenticationResults? Authentication { get; init; }
}

/// <summary>What a labelled mail is.</summary>
public enum SampleLabel { Ham, Phish, Spam }

/// <summary>A name that people know, and where it is at home.</summary>
/// <param name="Domains">The first is its main one.</param>
public sealed record KnownBrand(string Name, IReadOnlyList<string> Domains);
