using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;

namespace Weir.Detection.Tests;

public sealed class DetectionOptionsTests
{
    [Fact]
    public void The_section_of_the_manual_is_read()
    {
        const string Json = """{"detection": {"mode": "watch", "clamd": "127.0.0.1:3310", "weights": {"url-shortener": 0.5}, "thresholds": {"spam": 4}, "off": ["subject-form"], "trustedClients": ["192.0.2.0/24"]}}""";
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Json))).Build();
        using var services = new ServiceCollection().AddDetectionAlone(configuration: configuration).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<DetectionOptions>>().Value;

        Assert.Equal(Mode.Watch, options.Mode);
        Assert.Equal("127.0.0.1:3310", options.Clamd);
        Assert.Equal(0.5, options.Weights["url-shortener"]);
        Assert.Equal((4, 3), (options.Thresholds.Spam, options.Thresholds.Phish));
        Assert.Equal(["subject-form"], options.Off);
        Assert.NotNull(services.GetRequiredService<IMessageJudge>());
    }

    [Theory]
    [InlineData("""{"weights": {"url-shortner": 0.5}}""", "detection:weights:url-shortner: no signal has this name; did you mean 'url-shortener'?")]
    [InlineData("""{"off": ["subject-from"]}""", "detection:off: there is no detector 'subject-from'; did you mean 'subject-form'?")]
    public void A_mistyped_name_is_told_with_the_nearest_right_one(string section, string problem)
    {
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"detection": {{section}}}"""))).Build();
        using var services = new ServiceCollection().AddDetectionAlone(configuration: configuration).BuildServiceProvider();

        Assert.Equal([problem], Assert.Throws<OptionsValidationException>(services.GetRequiredService<IMessageJudge>).Failures);
    }
}
