using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Kernel;
using Weir.Server.Local;
using Weir.Storage.Contracts;

namespace Weir.Server.Doctor;

/// <summary><c>/doctor</c>: the running server examines itself.</summary>
internal sealed class LocalDoctor : ILocalRoute
{
    public string Path => "/doctor";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.DoctorRequest) is not null)
        {
            await LocalJson.WriteAsync(context, await ExamineAsync(context.RequestServices, user, context.RequestAborted), LocalJson.Default.DoctorAnswer);
        }
    }

    /// <summary>Examines the parts of this process.</summary>
    public static async Task<DoctorAnswer> ExamineAsync(IServiceProvider services, string user, CancellationToken cancellationToken)
    {
        LocalUser.Caller(user, Permission.SecuritySettingsRead).Require(Permission.SecuritySettingsRead);
        return new DoctorAnswer(await Examination.RunAsync(services.GetServices<ICheck>(), services.GetRequiredService<TimeProvider>(), cancellationToken));
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<DoctorAnswer> AskAsync(DataDirectory directory, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalDoctor().Path, new DoctorRequest(), LocalJson.Default.DoctorRequest, cancellationToken), LocalJson.Default.DoctorAnswer)!;
}
