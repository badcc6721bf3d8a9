// A peer for benchmarks/views.py: CGAL's triangular expansion (Triangular_expansion_visibility_2) over the
// walls of a scene, clipped to a range.
//
// Reads a scene file, answers commands on standard input, one line each:
//   pass R        look from every camera, clip to a disc of radius R; answers the seconds of the processor that took
//   areas R       the clipped areas, in the order of the cameras, from exact corners
//   outline K     the corners of camera K's unclipped polygon, from exact corners
// The scene file: number of segments, then x0 y0 x1 y1 of each; number of cameras, then x y of each.
// What a pass times: the query with its output arrangement, its corners as doubles, and the clip. Reading,
// building the arrangement, the triangulation, and finding each camera's face are told apart and not in it.

#include <CGAL/Arr_segment_traits_2.h>
#include <CGAL/Arr_walk_along_line_point_location.h>
#include <CGAL/Arrangement_2.h>
#include <CGAL/Exact_predicates_exact_constructions_kernel.h>
#include <CGAL/Triangular_expansion_visibility_2.h>

#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Kernel = CGAL::Exact_predicates_exact_constructions_kernel;
using Arrangement = CGAL::Arrangement_2<CGAL::Arr_segment_traits_2<Kernel>>;
using Expansion = CGAL::Triangular_expansion_visibility_2<Arrangement>;
using Face = Arrangement::Face_const_handle;
using Clock = std::chrono::steady_clock;

struct Corner {
  double x, y;
};

// One part of a clipped outline, seen from the camera: a straight piece, or an arc of the range.
struct Part {
  Corner from, to;
  bool arc;
};

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double turn(const Corner& a, const Corner& b) { return a.x * b.y - a.y * b.x; }

Corner between(const Corner& a, const Corner& b, double share) {
  return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

// The polygon is star-shaped around the camera (the origin), so each of its edges is cut by itself: inside the
// disc it stays, outside it becomes the arc over the same bearings.
void clip(const std::vector<Corner>& polygon, double range, std::vector<Part>& parts) {
  parts.clear();
  const double range2 = range * range;
  for (std::size_t k = 0; k < polygon.size(); ++k) {
    const Corner& a = polygon[k];
    const Corner& b = polygon[k + 1 == polygon.size() ? 0 : k + 1];
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double a2 = a.x * a.x + a.y * a.y, b2 = b.x * b.x + b.y * b.y;
    if (a2 <= range2 && b2 <= range2) {
      parts.push_back({a, b, false});
      continue;
    }
    const double length2 = dx * dx + dy * dy;
    if (length2 == 0.0) continue;
    const double along = -(a.x * dx + a.y * dy) / length2;
    const double off = turn(a, b);
    const double half2 = (range2 - off * off / length2) / length2;
    const double half = half2 > 0.0 ? std::sqrt(half2) : 0.0;
    const double first = std::max(0.0, along - half), last = std::min(1.0, along + half);
    if (half2 <= 0.0 || first >= last) {
      parts.push_back({a, b, true});
      continue;
    }
    const Corner enters = between(a, b, first), leaves = between(a, b, last);
    if (first > 0.0) parts.push_back({a, enters, true});
    parts.push_back({enters, leaves, false});
    if (last < 1.0) parts.push_back({leaves, b, true});
  }
}

double area(const std::vector<Part>& parts, double range) {
  double twice = 0.0;
  for (const Part& part : parts) {
    const double cross = turn(part.from, part.to);
    if (part.arc) {
      const double dot = part.from.x * part.to.x + part.from.y * part.to.y;
      twice += range * range * std::atan2(cross, dot);
    } else {
      twice += cross;
    }
  }
  return 0.5 * std::abs(twice);
}

class Peer {
 public:
  explicit Peer(const std::string& file) {
    std::ifstream in(file);
    std::size_t n = 0;
    in >> n;
    std::vector<Kernel::Segment_2> segments;
    segments.reserve(n);
    for (std::size_t k = 0; k < n; ++k) {
      double x0, y0, x1, y1;
      in >> x0 >> y0 >> x1 >> y1;
      segments.emplace_back(Kernel::Point_2(x0, y0), Kernel::Point_2(x1, y1));
    }
    std::size_t m = 0;
    in >> m;
    for (std::size_t k = 0; k < m; ++k) {
      double x, y;
      in >> x >> y;
      cameras_.emplace_back(x, y);
    }
    if (!in) throw std::runtime_error("the scene file is not whole");

    auto start = Clock::now();
    CGAL::insert(arrangement_, segments.begin(), segments.end());
    const double build = since(start);
    start = Clock::now();
    expansion_ = std::make_unique<Expansion>(arrangement_);
    locate();
    std::cout << "ready " << segments.size() << " " << arrangement_.number_of_edges() << " " << build << " "
              << since(start) << std::endl;
  }

  double pass(double range) {
    const std::clock_t start = std::clock();
    double sum = 0.0;
    for (std::size_t k = 0; k < cameras_.size(); ++k) {
      look(k, false);
      clip(polygon_, range, parts_);
      sum += parts_.size();
    }
    const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
    if (sum <= 0.0) throw std::runtime_error("no camera sees anything");
    return seconds;
  }

  double area_of(std::size_t k, double range) {
    look(k, true);
    clip(polygon_, range, parts_);
    return area(parts_, range);
  }

  const std::vector<Corner>& outline_of(std::size_t k) {
    look(k, true);
    return polygon_;
  }

  std::size_t cameras() const { return cameras_.size(); }

 private:
  void locate() {
    const CGAL::Arr_walk_along_line_point_location<Arrangement> finder(arrangement_);
    for (const auto& camera : cameras_) {
      const auto found = finder.locate(camera);
      const Face* face = boost::get<Face>(&found);
      if (face == nullptr || (*face)->is_unbounded()) {
        throw std::runtime_error("a camera lies on a wall or outside of the frame");
      }
      faces_.push_back(*face);
    }
  }

  // Leaves the corners of what camera k sees in polygon_, relative to it.
  void look(std::size_t k, bool exactly) {
    Arrangement seen;
    const auto face = expansion_->compute_visibility(cameras_[k], faces_[k], seen);
    const double x = CGAL::to_double(cameras_[k].x()), y = CGAL::to_double(cameras_[k].y());
    polygon_.clear();
    auto edge = face->outer_ccb();
    const auto first = edge;
    do {
      const auto& point = edge->source()->point();
      if (exactly) {
        const auto& exact = CGAL::exact(point);
        polygon_.push_back({CGAL::to_double(exact.x()) - x, CGAL::to_double(exact.y()) - y});
      } else {
        polygon_.push_back({CGAL::to_double(point.x()) - x, CGAL::to_double(point.y()) - y});
      }
    } while (++edge != first);
  }

  Arrangement arrangement_;
  std::unique_ptr<Expansion> expansion_;
  std::vector<Kernel::Point_2> cameras_;
  std::vector<Face> faces_;
  std::vector<Corner> polygon_;
  std::vector<Part> parts_;
};

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "one scene file is needed" << std::endl;
    return 2;
  }
  std::cout << std::setprecision(17);
  try {
    Peer peer(words[1]);
    std::string line, command;
    while (std::getline(std::cin, line)) {
      std::istringstream given(line);
      given >> command;
      if (command == "pass") {
        double range = 0.0;
        given >> range;
        std::cout << peer.pass(range) << std::endl;
      } else if (command == "areas") {
        double range = 0.0;
        given >> range;
        for (std::size_t k = 0; k < peer.cameras(); ++k) std::cout << peer.area_of(k, range) << " ";
        std::cout << std::endl;
      } else if (command == "outline") {
        std::size_t k = 0;
        given >> k;
        for (const Corner& corner : peer.outline_of(k)) std::cout << corner.x << " " << corner.y << " ";
        std::cout << std::endl;
      } else {
        std::cerr << "unknown command " << command << std::endl;
        return 2;
      }
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << std::endl;
    return 1;
  }
  return 0;
}
