/*
 * lock - what the child gives up before the first stranger's byte: files, sockets, processes by limits,
 * Landlock and seccomp, each alone enough for most of it. The kernel enforces all; a forbidden call kills.
 * Needs Linux 4.8 for the limits on data and seccomp's kill of a process (4.14); Landlock (5.13) is used when there.
 */
#include "cage/lock.h"
#include "cage/cage.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __has_feature /* clang's way of saying it */
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

/* A large archive is hours of reading for one child; a hang is ended by the parent's clock long before. */
enum { CPU_SECONDS = 4 * 3600 };

bool cage_is_locked(void)
{
#ifdef __SANITIZE_ADDRESS__
	return false;
#else
	return true;
#endif
}

static bool limit(int what, uint64_t most)
{
	struct rlimit r = { most, most };
	return !setrlimit(what, &r);
}

static bool limits(int64_t memory)
{
	return limit(RLIMIT_DATA, (uint64_t)memory) && limit(RLIMIT_AS, (uint64_t)memory + ((uint64_t)1 << 30)) &&
	       limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_NOFILE, 0) &&
	       limit(RLIMIT_CPU, CPU_SECONDS);
}

static bool landlock(void)
{
	struct landlock_ruleset_attr attr = { 0 };
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return true; /* an old kernel: the other locks hold alone */
	attr.handled_access_fs = abi >= 3 ? (1 << 15) - 1 : abi == 2 ? (1 << 14) - 1 : (1 << 13) - 1;
	long fd = syscall(SYS_landlock_create_ruleset, &attr, sizeof attr.handled_access_fs, 0);
	if (fd < 0)
		return false;
	bool held = !syscall(SYS_landlock_restrict_self, fd, 0);
	close((int)fd);
	return held;
}

static bool allow(scmp_filter_ctx ctx, int call)
{
	return !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 0);
}

static bool filter(void)
{
	static const int calls[] = { SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk),
		SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(rt_sigreturn),
		SCMP_SYS(getrandom) };
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool ok = ctx;
	for (size_t i = 0; ok && i < COUNT(calls); i++)
		ok = allow(ctx, calls[i]);
	ok = ok && !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, SCMP_A0(SCMP_CMP_EQ, 0)) &&
	     !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, 1)) &&
	     !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
	     !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
	                       SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) &&
	     !seccomp_load(ctx);
	if (ctx)
		seccomp_release(ctx);
	return ok;
}

bool lock_in(int64_t memory)
{
	if (!cage_is_locked())
		return true;
	return !prctl(PR_SET_DUMPABLE, 0) && !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && landlock() && limits(memory) && filter();
}
