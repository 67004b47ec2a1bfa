"""stores/"""

from inventory_project.api.routers import Router
from stores.api.viewsets import StoreViewSet

router = Router()
router.register("stores", StoreViewSet, basename="store")
urlpatterns = router.urls
