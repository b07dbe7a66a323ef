// Ways in which a run of segue ends before its time, and what must hold afterwards.
//
// Called by the tests of this folder. Each way happens at a moment that its caller chooses, and has passed when it
// returns: a stopped server runs again, a full disk has room.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "deployment.h"

namespace segue::test {

/// Runs segue, and ends it in some way at a moment.
using Fault = std::function<Outcome(const Deployment&, const std::vector<std::string>& arguments,
                                    std::chrono::milliseconds after)>;

Outcome kill_segue(const Deployment& deployment, const std::vector<std::string>& arguments,
                   std::chrono::milliseconds after);
/// pg_terminate_backend.
Outcome end_session(const Deployment& deployment, const std::vector<std::string>& arguments,
                    std::chrono::milliseconds after);
/// The server is stopped as a crash would, and started again.
Outcome crash_server(const Deployment& deployment, const std::vector<std::string>& arguments,
                     std::chrono::milliseconds after);
/// All connections break, and new ones can be made.
Outcome cut_socket(const Deployment& deployment, const std::vector<std::string>& arguments,
                   std::chrono::milliseconds after);

/// Many more runs on request (SEGUE_FAULT_RUNS=10): the suite takes a sample.
int runs(int usual);

/// The fault hits `count` applies, from their beginning to their end; then by turns the plan is gone on with and taken
/// back. Some must have left it between two groups, where it has several: else the moments would prove little. A plan
/// of one transaction is never left so; a step outside of transactions that works in two (a concurrent DETACH) may be.
void recover_from(const Fault& fault, const Deployment& deployment, int count);

}  // namespace segue::test
