using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Knowledge.Indicators;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>A file, or one inside an archive, that is known: named in an indicator file, or judged malware here before.</summary>
internal sealed class FileReputation : IDetector
{
    public string Id => "file-reputation";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var part in message.Message.Parts.Where(part => part.IsAttachment))
        {
            foreach (var hash in part.Members.Select(member => member.Sha256).Prepend(part.Sha256).Where(hash => hash.Length > 0))
            {
                var name = hash == part.Sha256 ? part.FileName : $"{part.Members.First(member => member.Sha256 == hash).Path} in {part.FileName}";
                if (message.Known.Indicators.FirstOrDefault(indicator => indicator.Kind == IndicatorKind.File && indicator.Value == hash) is { } known)
                {
                    yield return Say.Malware("file-known-bad", $"{known.Source} names {name} ({hash}).", DetectionTechnology.FileReputation, part.Sha256).At(In.Part(part), In.Knowledge("indicator files")) with { IsConclusive = true };
                }
                else if (message.Known.Here.Files.GetValueOrDefault(hash) is { Bad: > 0 } here)
                {
                    yield return Say.Malware("file-bad-here", $"{name} ({hash}) was judged malware in {here.Bad} of {here.Times} messages before, the last on {here.Last:yyyy-MM-dd}.", DetectionTechnology.FileReputation, part.Sha256).At(In.Part(part), In.Knowledge("history of mail"));
                }
            }
        }
    }
}
