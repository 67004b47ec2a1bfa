"""categories/, suppliers/, products/"""

from catalog.api.viewsets import CategoryViewSet, ProductViewSet, SupplierViewSet
from inventory_project.api.routers import Router

router = Router()
router.register("categories", CategoryViewSet, basename="category")
router.register("suppliers", SupplierViewSet, basename="supplier")
router.register("products", ProductViewSet, basename="product")
urlpatterns = router.urls
