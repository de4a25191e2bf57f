using System.Globalization;
using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Detection.Verdicts;

namespace Weir.Detection.Learning;

/// <summary>Finds the model that the configuration asks for.</summary>
internal sealed class LearntModels : IVersioned
{
    private const string Shipped = "Weir.Detection.Learning.shipped.model";

    public LearntModels(IOptions<DetectionOptions> options)
    {
        InForce = Find(options.Value.Model);
        Version = InForce is null ? "" : JudgingVersions.Hash([string.Create(CultureInfo.InvariantCulture, $"{InForce.Name} {InForce.Intercept:R}"), .. InForce.Weights.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:R}"))]);
    }

    /// <summary>The model in force; nothing when there is none.</summary>
    public LearntModel? InForce { get; }

    public string Name => "model";

    public string Version { get; }

    private static LearntModel? Find(string path)
    {
        if (path == "none")
        {
            return null;
        }

        try
        {
            using var stream = path.Length > 0 ? File.OpenRead(path) : typeof(LearntModels).Assembly.GetManifestResourceStream(Shipped);
            return stream is null ? null : LearntModel.Load(stream);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException("detection", typeof(DetectionOptions), [$"detection:model: {path} cannot be read: {exception.Message}"]);
        }
    }
}
