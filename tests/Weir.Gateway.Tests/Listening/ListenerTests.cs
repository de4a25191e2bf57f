using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weir.Gateway.Listening;

namespace Weir.Gateway.Tests.Listening;

public sealed class ListenerTests
{
    /// <summary>A mail server sends several commands at once and waits for all answers: holding back the second until the first is acknowledged costs 40 ms a message.</summary>
    [Fact]
    public async Task Small_answers_are_sent_at_once()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var listener = new Listener("journal.listen", "inet:127.0.0.1:0", connections: 1, TimeProvider.System, NullLogger.Instance);
        var answersAtOnce = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Open();
        var running = listener.RunAsync(
            (connection, _) =>
            {
                answersAtOnce.SetResult(connection.NoDelay);
                return Task.CompletedTask;
            },
            stop.Token);

        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.Endpoint!, stop.Token);

        Assert.True(await answersAtOnce.Task.WaitAsync(stop.Token));
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void An_address_that_is_taken_or_elsewhere_is_refused_by_the_name_of_its_setting()
    {
        using var first = new Listener("milter.listen", "inet:127.0.0.1:0", connections: 1, TimeProvider.System, NullLogger.Instance);
        first.Open();
        string[] addresses = [$"inet:127.0.0.1:{((IPEndPoint)first.Endpoint!).Port}", "inet:203.0.113.9:10025", "unix:/no/such/folder/milter.sock"];

        Assert.All(addresses, address =>
        {
            using var second = new Listener("milter.listen", address, connections: 1, TimeProvider.System, NullLogger.Instance);
            Assert.StartsWith($"milter.listen is '{address}'", Assert.Throws<OptionsValidationException>(second.Open).Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_group_of_its_folder_may_speak_to_a_socket_in_the_file_system_and_others_may_not()
    {
        var path = Path.Combine(TestRun.NewFolder(), "milter.sock");
        using var listener = At(path);
        listener.Open();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(path));
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
    }

    [Fact]
    public void A_socket_that_a_killed_process_left_is_taken_over_and_nothing_else_is()
    {
        var folder = TestRun.NewFolder();
        var path = Path.Combine(folder, "milter.sock");
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Closing takes the file away; a process that is killed leaves it.
            killed.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".left");
        }

        File.Move(path + ".left", path);
        using (var listener = At(path))
        {
            listener.Open();
            using var second = At(path);
            Assert.Contains("milter.listen", Assert.Throws<OptionsValidationException>(second.Open).Message, StringComparison.Ordinal);
        }

        var file = Path.Combine(folder, "notes.txt");
        File.WriteAllText(file, "mine");
        using var third = At(file);
        Assert.Throws<OptionsValidationException>(third.Open);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    private static Listener At(string path) => new("milter.listen", "unix:" + path, connections: 1, TimeProvider.System, NullLogger.Instance);
}
