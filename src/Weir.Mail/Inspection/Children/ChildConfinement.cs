using System.Runtime.InteropServices;

namespace Weir.Mail.Inspection.Children;

/// <summary>
/// What a child gives up before it reads anything, for all its threads and for ever (seccomp(2), no root needed): sockets, other programs and processes,
/// opening files for writing, changing names and rights. A reader that is taken over can compute, and say what its frames can say.
/// </summary>
internal static class ChildConfinement
{
    private const uint Allow = 0x7FFF_0000;
    private const uint Refuse = 0x0005_0000;
    private const uint NoSuchCall = Refuse | 38;
    private const uint NotPermitted = Refuse | 1;

    /// <summary>O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND.</summary>
    private const uint Writing = 0x1 | 0x2 | 0x40 | 0x200 | 0x400;

    private const uint CloneThread = 0x1_0000;

    /// <summary>True when the system holds the child to it; false on a system or processor that cannot.</summary>
    public static bool Enter()
    {
        // No picture of this memory on the disk, and the first that goes when memory ends.
        _ = SetLimit(4, new Limit(0, 0)); // RLIMIT_CORE
        TryWrite("/proc/self/oom_score_adj", "1000");
        if (Calls.Here is not { } calls || SetProcess(38, 1, 0, 0, 0) != 0) // PR_SET_NO_NEW_PRIVS
        {
            return false;
        }

        var filter = Filter(calls);
        var pinned = GCHandle.Alloc(filter, GCHandleType.Pinned);
        try
        {
            var program = new Program { Length = (ushort)filter.Length, Filter = pinned.AddrOfPinnedObject() };
            return Call(calls.Seccomp, 1, 1, ref program) == 0; // SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC
        }
        finally
        {
            pinned.Free();
        }
    }

    private static void TryWrite(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A container may forbid it; the limits of the parent hold anyway.
        }
    }

    /// <summary>Classic BPF over struct seccomp_data: number at 0, architecture at 4, arguments from 16, eight bytes each.</summary>
    private static Instruction[] Filter(Calls calls)
    {
        const ushort Load = 0x20, IfEqual = 0x15, IfSet = 0x45, IfAtLeast = 0x35, Return = 0x06;
        var program = new List<Instruction>
        {
            new(Load, 0, 0, 4),
            new(IfEqual, 1, 0, calls.Architecture),
            new(Return, 0, 0, NotPermitted),
            new(Load, 0, 0, 0),
            // The numbers of the x32 interface would pass by.
            new(IfAtLeast, 0, 1, 0x4000_0000),
            new(Return, 0, 0, NoSuchCall),
        };
        foreach (var call in calls.Refused)
        {
            program.Add(new(IfEqual, 0, 1, call));
            program.Add(new(Return, 0, 0, NotPermitted));
        }

        foreach (var call in calls.Absent)
        {
            program.Add(new(IfEqual, 0, 1, call));
            program.Add(new(Return, 0, 0, NoSuchCall));
        }

        foreach (var (call, argument) in calls.Opening)
        {
            program.Add(new(IfEqual, 0, 4, call));
            program.Add(new(Load, 0, 0, 16 + (8 * argument)));
            program.Add(new(IfSet, 0, 1, Writing));
            program.Add(new(Return, 0, 0, NotPermitted));
            program.Add(new(Return, 0, 0, Allow));
        }

        // Threads, but no process.
        program.Add(new(IfEqual, 0, 4, calls.CloneCall));
        program.Add(new(Load, 0, 0, 16));
        program.Add(new(IfSet, 1, 0, CloneThread));
        program.Add(new(Return, 0, 0, NotPermitted));
        program.Add(new(Return, 0, 0, Allow));
        program.Add(new(Return, 0, 0, Allow));
        return [.. program];
    }

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetProcess(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Call(nint number, nuint operation, nuint flags, ref Program program);

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(nuint Soft, nuint Hard);

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public nint Filter;
    }

    /// <summary>Numbers of system calls, by processor.</summary>
    /// <param name="Opening">Calls that open files, and which argument holds how.</param>
    /// <param name="Absent">Said not to exist, so that the C library takes the older call, which is looked at.</param>
    private sealed record Calls(uint Architecture, nint Seccomp, uint CloneCall, uint[] Refused, uint[] Absent, (uint Call, uint Argument)[] Opening)
    {
        public static Calls? Here => RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => X64,
            System.Runtime.InteropServices.Architecture.Arm64 => Arm64,
            _ => null,
        };

        // socket connect accept sendto bind listen socketpair, fork vfork execve kill, rename mkdir rmdir creat link unlink symlink chmod fchmod chown fchown lchown, truncate ftruncate, ptrace, mknod, mount umount chroot, accept4,
        // openat family of the same, process_vm_readv writev, bpf, execveat, memfd stays (the runtime's own), io_uring, pidfd, unshare setns, keyctl, perf_event_open
        private static readonly Calls X64 = new(
            0xC000_003E,
            317,
            56,
            [41, 42, 43, 44, 49, 50, 53, 57, 58, 59, 62, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 76, 101, 133, 165, 166, 161, 288, 258, 259, 260, 263, 264, 265, 266, 268, 316, 310, 311, 321, 322, 425, 426, 427, 434, 438, 424, 272, 308, 248, 249, 250, 298],
            [435, 437],
            [(257, 2), (2, 1)]);

        private static readonly Calls Arm64 = new(
            0xC000_00B7,
            277,
            220,
            [198, 203, 202, 206, 200, 201, 199, 221, 129, 38, 34, 35, 36, 37, 52, 53, 54, 55, 45, 117, 33, 40, 39, 51, 242, 276, 270, 271, 280, 281, 425, 426, 427, 434, 438, 424, 97, 268, 217, 218, 219, 241],
            [435, 437],
            [(56, 2)]);
    }
}
